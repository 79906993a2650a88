import { formatBytes } from '../format/formatBytes';
import type { RunFile } from '../run/run';
import type { ComparedCell, ComparedRow } from './comparedRow';

/** What identifies the content of a file: its hash, else what the file system says of it. */
export function contentKey({ hash, sizeBytes, modifiedAtMs }: RunFile): string {
  return hash ?? `${sizeBytes} ${modifiedAtMs}`;
}

/**
 * One row a path: the same, changed, or only in some. @param files of each run, the base first; undefined
 * where they could not be read.
 */
export function fileRows(
  files: readonly (readonly RunFile[])[],
  isWanted: (file: RunFile) => boolean,
): readonly ComparedRow[] {
  const tables = files.map(
    (some) => new Map(some.filter(isWanted).map((file) => [file.path, file] as const)),
  );
  const paths = [...new Set(tables.flatMap((table) => [...table.keys()]))].sort();
  return paths.map((path) => {
    const found = tables.map((table) => table.get(path));
    const [base] = found;
    const baseKey = base && contentKey(base);
    return {
      label: path,
      cells: found.map((file, index) => fileCell(file, base, index === 0)),
      differs: found.some((file) => (file && contentKey(file)) !== baseKey),
    };
  });
}

function fileCell(
  file: RunFile | undefined,
  base: RunFile | undefined,
  isBase: boolean,
): ComparedCell {
  if (file === undefined) {
    return { text: '', change: isBase ? 'base' : base === undefined ? 'same' : 'removed' };
  }
  const { sizeBytes, modifiedAtMs, hash } = file;
  const change = isBase
    ? 'base'
    : base === undefined
      ? 'added'
      : contentKey(base) === contentKey(file)
        ? 'same'
        : 'changed';
  const content = hash === undefined ? 'content not read' : hash.slice(0, 8);
  return {
    text: `${formatBytes(sizeBytes)} · ${content}`,
    detail: new Date(modifiedAtMs).toLocaleString(),
    change,
  };
}
