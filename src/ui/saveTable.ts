import { env, Uri, window, workspace } from 'vscode';
import { Cancelled } from '../core/userError';
import type { CopiedText, TableFile } from '../protocol/runTablePage';

const formatNames = { csv: 'CSV', json: 'JSON', md: 'Markdown' } as const;

/**
 * Asks where to, and writes the table there. Values stay as they were recorded: where a spreadsheet would
 * take some for formulas, the user says whether those get a mark before them.
 */
export async function saveTable(file: TableFile): Promise<void> {
  const { format } = file;
  const text = await chooseText(file);
  const folder = workspace.workspaceFolders?.[0]?.uri;
  const name = `runs.${format}`;
  const target = await window.showSaveDialog({
    title: 'Save Runs',
    filters: { [formatNames[format]]: [format] },
    ...(folder ? { defaultUri: Uri.joinPath(folder, name) } : {}),
  });
  if (!target) throw new Cancelled();
  await workspace.fs.writeFile(target, new TextEncoder().encode(text));
}

/** As `saveTable`, onto the clipboard. */
export async function copyTable(copied: CopiedText): Promise<void> {
  await env.clipboard.writeText(await chooseText(copied));
}

async function chooseText({ text, guardedText }: CopiedText): Promise<string> {
  if (guardedText === undefined) return text;
  const [exact, marked] = ['Keep Exact Values', 'Mark as Text'];
  const answer = await window.showWarningMessage(
    'Some texts begin as formulas do.',
    {
      modal: true,
      detail:
        'A spreadsheet may run what begins with =, +, - or @. With a mark (a single quote before it) it is text there, but no longer exactly what was recorded.',
    },
    marked,
    exact,
  );
  if (answer === undefined) throw new Cancelled();
  return answer === marked ? guardedText : text;
}
