import { commands, Uri, window, workspace } from 'vscode';
import { repeatCommand } from '../core/command/repeatCommand';
import type { CommandSource, NotebookSource, Run } from '../core/run/run';
import { sourceName } from '../core/run/runName';
import { secretMark } from '../core/secrets/secretMark';
import { UserError } from '../core/userError';
import { cellId } from '../platform/notebookDocument';
import { fromWorkspacePath } from '../platform/workspacePath';

/** Runs the same command in a terminal, or the same cell of its notebook, which records a new run. */
export async function runAgain({ source }: Run): Promise<void> {
  // The record is a file of the workspace: who does not trust the workspace must not run what it says.
  if (!workspace.isTrusted) {
    throw new UserError('Trust this workspace to run a recorded command again.');
  }
  if (source.kind !== 'notebook') await runCommand(source);
  else await runCell(source);
}

async function runCommand(source: CommandSource): Promise<void> {
  if (source.commandLine === '') throw new UserError('This run is a log file: nothing can be run.');
  const command = repeatCommand(source.commandLine);
  if (!command) {
    throw new UserError('The secrets of these commands were not kept, so they cannot run again.');
  }
  const name = `Epochlog: ${sourceName(source)}`;
  const terminal =
    window.terminals.find((each) => each.name === name && each.exitStatus === undefined) ??
    window.createTerminal({
      name,
      ...(source.cwd === undefined ? {} : { cwd: Uri.file(source.cwd) }),
    });
  terminal.show(true);
  terminal.sendText(command.text, command.isComplete);
  if (!command.isComplete) {
    await window.showInformationMessage(
      `The secret of this command was not kept. Put it in the place of ${secretMark} in the terminal, then press Enter.`,
    );
  }
}

async function runCell(source: NotebookSource): Promise<void> {
  const document = await workspace.openNotebookDocument(fromWorkspacePath(source.notebook));
  const cells = document.getCells();
  const cell =
    cells.find((each) => source.cellId !== undefined && cellId(each) === source.cellId) ??
    cells.find((each) => each.document.getText() === source.cellSource);
  if (!cell) throw new UserError('The cell of this run is not in the notebook any more.');
  await window.showNotebookDocument(document);
  await commands.executeCommand('notebook.cell.execute', {
    ranges: [{ start: cell.index, end: cell.index + 1 }],
    document: document.uri,
  });
}
