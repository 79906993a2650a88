import { normalizedName, type Package } from './packages';

/** A package that is not the same in all of some environments. */
export interface PackageDifference {
  readonly name: string;
  /** One for each environment; undefined where it is not installed. */
  readonly versions: readonly (string | undefined)[];
}

/** In order of the names. Environments that are not known differ from none. */
export function diffPackages(
  environments: readonly (readonly Package[] | undefined)[],
): readonly PackageDifference[] {
  const tables = environments.map(
    (packages) =>
      packages && new Map(packages.map((each) => [normalizedName(each.name), each] as const)),
  );
  const names = new Set(tables.flatMap((table) => [...(table?.keys() ?? [])]));
  return [...names].sort().flatMap((key) => {
    const found = tables.map((table) => table?.get(key));
    const known = found.filter((_each, index) => tables[index] !== undefined);
    if (known.every((each) => each?.version === known[0]?.version)) return [];
    const name = found.find((each) => each !== undefined)?.name ?? key;
    return { name, versions: found.map((each) => each?.version) };
  });
}
