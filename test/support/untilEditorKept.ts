import { expect, type Page } from '@playwright/test';

/**
 * Waits until VS Code has written down that an editor is open, so that a reload finds it again. In
 * the browser that is some seconds late, at most a minute; desktop VS Code writes it as it closes.
 *
 * @param part of how VS Code names the editor, such as the type of a webview.
 */
export async function untilEditorKept(page: Page, part: string): Promise<void> {
  if (!page.url().startsWith('http')) return;
  await expect.poll(() => page.evaluate(readKeptEditors), { timeout: 75_000 }).toContain(part);
}

/** Runs in the page: what the window's database says of its editors. */
async function readKeptEditors(): Promise<string> {
  const databases = (await indexedDB.databases()).map(({ name }) => name ?? '');
  const kept = databases
    .filter((name) => name.startsWith('vscode-web-state-db'))
    .map(
      (name) =>
        new Promise<string>((resolve, reject) => {
          const opening = indexedDB.open(name);
          opening.onerror = () => reject(opening.error);
          opening.onsuccess = () => {
            const database = opening.result;
            const reading = database
              .transaction('ItemTable')
              .objectStore('ItemTable')
              .get('memento/workbench.parts.editor');
            reading.onerror = () => reject(reading.error);
            reading.onsuccess = () => {
              database.close();
              resolve(String(reading.result ?? ''));
            };
          };
        }),
    );
  return (await Promise.all(kept)).join('\n');
}
