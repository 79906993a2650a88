import { Uri, window, workspace } from 'vscode';

/**
 * Asks where to, and writes a file there.
 *
 * @param name what it is called at first; files of its ending are offered to be replaced.
 * @returns whether it was written: not where the user closed the dialog.
 */
export async function saveFile(
  name: string,
  content: string | Uint8Array,
  title?: string,
): Promise<boolean> {
  const folder = workspace.workspaceFolders?.[0]?.uri;
  const ending = name.slice(name.lastIndexOf('.') + 1);
  const target = await window.showSaveDialog({
    ...(title === undefined ? {} : { title }),
    ...(folder === undefined ? {} : { defaultUri: Uri.joinPath(folder, name) }),
    filters: { [ending === 'md' ? 'Markdown' : ending.toUpperCase()]: [ending] },
  });
  if (target === undefined) return false;
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  await workspace.fs.writeFile(target, bytes);
  return true;
}
