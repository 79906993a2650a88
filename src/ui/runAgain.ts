import { commands, type Task, tasks, Uri, window, workspace } from 'vscode';
import type { Launches } from '../app/launch/launches';
import { repeatCommand } from '../core/command/repeatCommand';
import { type TaskExecutionLike, taskCommand } from '../core/command/taskCommand';
import type { CommandSource, NotebookSource, RunSource } from '../core/run/run';
import { sourceName } from '../core/run/runName';
import { maskText } from '../core/secrets/maskText';
import { secretMark } from '../core/secrets/secretMark';
import { Cancelled, UserError } from '../core/userError';
import { cellId } from '../platform/notebookDocument';
import { fromWorkspacePath } from '../platform/workspacePath';
import { commandRequest } from './launchRequests';
import { launchInTerminal } from './launchTerminal';

/** Runs the same command as it was run, or the same cell of its notebook, which records a new run. */
export async function runAgain(
  { source }: { readonly source: RunSource },
  launches: Launches,
): Promise<void> {
  // The record is a file of the workspace: who does not trust the workspace must not run what it says.
  if (!workspace.isTrusted) {
    throw new UserError('Trust this workspace to run a recorded command again.');
  }
  if (source.kind === 'notebook') await runCell(source);
  else if (source.commandLine === '') {
    throw new UserError(
      'Of this run only its log is known. Start the training again where it was started.',
    );
  } else await runCommand(source, launches);
}

async function runCommand(source: CommandSource, launches: Launches): Promise<void> {
  const command = repeatCommand(source.commandLine);
  if (!command) {
    throw new UserError('The secrets of these commands were not kept, so they cannot run again.');
  }
  if (source.kind === 'launch') {
    const line = command.isComplete ? command.text : await askSecret(command.text);
    await launchInTerminal(commandRequest(line, source.cwd), launches);
    return;
  }
  const task = source.kind === 'task' ? await findTask(source.commandLine) : undefined;
  if (task) {
    await tasks.executeTask(task);
    return;
  }
  // In another one it could be typed into a program that still runs there.
  const terminal = window.createTerminal({
    name: `Epochlog: ${sourceName(source)}`,
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

/** The task whose command this is; one that is not there any more, or was changed, runs as a command. */
async function findTask(commandLine: string): Promise<Task | undefined> {
  const all = await tasks.fetchTasks();
  return all.find(({ execution }) => {
    // SAFETY: a shell or a process execution has these fields, and a custom one has none of them.
    const command = execution && taskCommand(execution as TaskExecutionLike, '');
    return command !== undefined && maskText(command).text === commandLine;
  });
}

async function askSecret(text: string): Promise<string> {
  const line = await window.showInputBox({
    prompt: `The secret of this command was not kept. Put it in the place of ${secretMark}.`,
    value: text,
    ignoreFocusOut: true,
    validateInput: (value) => (value.includes(secretMark) ? `${secretMark} is still there.` : ''),
  });
  if (line === undefined) throw new Cancelled();
  return line;
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
