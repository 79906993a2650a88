import { type Disposable, MarkdownString, StatusBarAlignment, window } from 'vscode';
import { baseName } from '../core/run/runName';
import { commandIds } from '../platform/contributionIds';

/** Says in the status bar that a program cannot be recorded where it runs, and what can be done. */
export function createUnseenHint(
  subscriptions: Disposable[],
): (program: { readonly name: string } | undefined) => void {
  const item = window.createStatusBarItem('epochlog.unseen', StatusBarAlignment.Left, 9);
  subscriptions.push(item);
  item.name = 'Epochlog: Programs That Cannot Be Recorded';
  item.command = commandIds.attachLogFile;
  const help = new MarkdownString(
    [
      'What runs in this terminal cannot be read: its shell does not tell VS Code of it.',
      `[Run with Epochlog](command:${commandIds.runWithEpochlog}) works in any shell.`,
      `[Attach to Log File…](command:${commandIds.attachLogFile}) reads what it writes into a file.`,
    ].join('\n\n'),
  );
  help.isTrusted = { enabledCommands: [commandIds.runWithEpochlog, commandIds.attachLogFile] };
  item.tooltip = help;
  return (program) => {
    if (!program) {
      item.hide();
      return;
    }
    const name = baseName(program.name);
    item.text = `$(eye-closed) ${name} is not recorded`;
    item.accessibilityInformation = {
      label: `${name} is not recorded. Attach to the log file that it writes.`,
    };
    item.show();
  };
}
