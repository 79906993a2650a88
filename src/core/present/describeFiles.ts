import { formatBytes } from '../format/formatBytes';
import type { FileRole, RunFile } from '../run/run';

const roles: readonly (readonly [role: FileRole, words: string])[] = [
  ['output', 'written'],
  ['input', 'read'],
  ['config', 'configuration'],
  ['code', 'code'],
];

/** What a run wrote first, then what it read, was configured by and consists of. */
export function inRoleOrder(files: readonly RunFile[]): readonly RunFile[] {
  return roles.flatMap(([role]) => files.filter((file) => file.role === role));
}

/** Such as `3 written, 1 read`. */
export function describeFiles(files: readonly RunFile[]): string {
  return roles
    .map(([role, words]) => [files.filter((file) => file.role === role).length, words] as const)
    .filter(([count]) => count > 0)
    .map(([count, words]) => `${count} ${words}`)
    .join(', ');
}

/** Such as `written · 12 MB · checkpoints`. */
export function describeFile({ role, path, sizeBytes }: RunFile): string {
  const words = roles.find(([each]) => each === role)?.[1] ?? role;
  return [words, formatBytes(sizeBytes), folderOf(path)].filter((part) => part !== '').join(' · ');
}

/** Everything that is recorded of it, one thing a line. */
export function fileDetails({ path, sizeBytes, modifiedAtMs, hash }: RunFile): string {
  return [
    path,
    `${sizeBytes.toLocaleString('en')} bytes, modified ${new Date(modifiedAtMs).toLocaleString()}`,
    hash === undefined ? 'Not hashed' : `SHA-256 ${hash}`,
  ].join('\n');
}

/** The last name of its path; of a folder with its `/`. */
export function fileName(path: string): string {
  return /[^/\\]*[/\\]?$/.exec(path)?.[0] ?? path;
}

function folderOf(path: string): string {
  return path.slice(0, path.length - fileName(path).length).replace(/[/\\]$/, '');
}
