/** An installed package, as its metadata names it. */
export interface Package {
  readonly name: string;
  readonly version: string;
}

const namePattern = /^[A-Za-z0-9](?:[A-Za-z0-9._-]{0,198}[A-Za-z0-9])?$/;
const versionPattern = /^[A-Za-z0-9][A-Za-z0-9._+!-]{0,99}$/;

/**
 * Reads the `Name` and `Version` headers of `METADATA` or `PKG-INFO` (the core metadata of
 * packaging.python.org); undefined if they are not in the text or are none.
 */
export function parseMetadata(text: string): Package | undefined {
  const [head = ''] = text.split(/\r?\n\r?\n/, 1);
  const header = (key: string) =>
    new RegExp(`^${key}:[ \\t]*(.*?)[ \\t\\r]*$`, 'mi').exec(head)?.[1];
  return toPackage(header('Name'), header('Version'));
}

/** `scikit_learn-1.4.0.dist-info`, `foo-1.0-py3.11.egg-info`: what a folder's name alone tells. */
export function parseFolderName(folder: string): Package | undefined {
  const found = /^([^-]+)-([^-]+)(?:-py[\d.]+)?\.(?:dist-info|egg-info)$/.exec(folder);
  return toPackage(found?.[1], found?.[2]);
}

/** `numpy-base-1.26.4-py311h64a7726_0.json` in `conda-meta`: name, version and build. */
export function parseCondaRecord(file: string): Package | undefined {
  const found = /^(.+)-([^-]+)-[^-]+\.json$/.exec(file);
  return toPackage(found?.[1], found?.[2]);
}

function toPackage(name: string | undefined, version: string | undefined): Package | undefined {
  if (name === undefined || version === undefined) return undefined;
  return namePattern.test(name) && versionPattern.test(version) ? { name, version } : undefined;
}

/** The one name of all its spellings (PEP 503). */
export function normalizedName(name: string): string {
  return name.toLowerCase().replace(/[-_.]+/g, '-');
}

/** In order of the names; of two of one name, that of the earlier list, which Python finds first. */
export function mergePackages(lists: readonly (readonly Package[])[]): readonly Package[] {
  const byName = new Map<string, Package>();
  for (const found of lists.flat()) {
    const key = normalizedName(found.name);
    if (!byName.has(key)) byName.set(key, found);
  }
  return [...byName].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, found]) => found);
}

/** What is stored: the same text for the same packages, so that many runs share it. */
export function packagesJson(packages: readonly Package[]): string {
  return JSON.stringify(packages.map(({ name, version }) => ({ name, version })));
}

/** Reads what `packagesJson` wrote; empty for anything else. */
export function parsePackagesJson(text: string): readonly Package[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return [];
  }
  if (!Array.isArray(value)) return [];
  return value.flatMap((each: unknown) => {
    if (typeof each !== 'object' || each === null) return [];
    const { name, version } = each as { readonly name?: unknown; readonly version?: unknown };
    return typeof name === 'string' && typeof version === 'string' ? [{ name, version }] : [];
  });
}
