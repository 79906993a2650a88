/**
 * The absolute path of a file as a shell understands it, as far as that can be said without the shell.
 *
 * @returns undefined if it has variables, commands or patterns in it, or is relative to nothing.
 */
export function outputPath(
  typed: string,
  folder: string | undefined,
  home: string,
): string | undefined {
  const path = typed
    .replace(/^~(?=[/\\]|$)/, home)
    .replace(/^(?:\$HOME|\$\{HOME\})(?=[/\\]|$)/, home)
    .replace(/^(?:\$PWD|\$\{PWD\})[/\\]/, '');
  if (/[$`*?]/.test(path) || path === '') return undefined;
  if (/^(?:[/\\]|[A-Za-z]:[/\\])/.test(path)) return path;
  return folder === undefined ? undefined : `${folder.replace(/[/\\]$/, '')}/${path}`;
}
