import type { RunFile } from '../run/run';

/** The data that a run read, by content; or why nobody can say. */
export type RunData =
  | { readonly kind: 'known'; readonly key: string; readonly names: readonly string[] }
  /** Nothing is known to be read. */
  | { readonly kind: 'none' }
  /** It read files whose content could not be told. */
  | { readonly kind: 'unhashed'; readonly names: readonly string[] };

/** What a run begins from is a part of its configuration, not of its data. */
const noData: ReadonlySet<RunFile['type']> = new Set(['model', 'config', 'code']);

/**
 * Which data a run read. Two runs read the same if the contents are the same, whatever the files are
 * called: a copy in another folder is the same data.
 */
export function dataOf(files: readonly RunFile[]): RunData {
  const data = files.filter(({ role, type }) => role === 'input' && !noData.has(type));
  if (data.length === 0) return { kind: 'none' };
  const names = data.map(({ path }) => path).sort();
  const hashes = new Set(data.map(({ hash }) => hash));
  if (hashes.has(undefined)) return { kind: 'unhashed', names };
  return { kind: 'known', key: [...hashes].sort().join(' '), names };
}

/** The models that a run began from, by content: other weights are another configuration. */
export function modelsOf(files: readonly RunFile[]): string {
  return files
    .filter(({ role, type }) => role === 'input' && type === 'model')
    .map(({ hash, path }) => hash ?? path)
    .sort()
    .join(' ');
}
