import { env, window } from 'vscode';
import { Cancelled } from '../core/userError';
import type { CopiedText, TableFile } from '../protocol/runTablePage';
import { saveFile } from './saveFile';

/**
 * Asks where to, and writes the table there. Values stay as they were recorded: where a spreadsheet would
 * take some for formulas, the user says whether those get a mark before them.
 */
export async function saveTable(file: TableFile): Promise<void> {
  const text = await chooseText(file);
  if (!(await saveFile(`runs.${file.format}`, text, 'Save Runs'))) throw new Cancelled();
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
