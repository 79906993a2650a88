import { ThemeIcon, window, workspace } from 'vscode';
import type { Launches } from '../app/launch/launches';
import type { LaunchRequest } from '../app/launch/launchFolder';
import { parseCommand } from '../core/command/parseCommand';
import { baseName } from '../core/run/runName';
import { UserError } from '../core/userError';

/** This very program is Node, if it is told so. */
export const nodeEnvironment = { ELECTRON_RUN_AS_NODE: '1' } as const;

/** Starts it in a terminal of its own, which the pty host of VS Code keeps over a reload. */
export async function launchInTerminal(request: LaunchRequest, launches: Launches): Promise<void> {
  if (!workspace.isTrusted) throw new UserError('Trust this workspace to run its code.');
  const command = await launches.prepare(request);
  const { script, program } = parseCommand(request.commandLine);
  const terminal = window.createTerminal({
    name: `${baseName(script ?? program)} (Epochlog)`,
    iconPath: new ThemeIcon('beaker'),
    cwd: request.cwd,
    shellPath: process.execPath,
    shellArgs: [...command],
    env: nodeEnvironment,
  });
  terminal.show(true);
  launches.expect();
}

/** Presses Ctrl+C in the terminal whose process has this id; false if it is not of this window. */
export async function pressCtrlC(processId: number): Promise<boolean> {
  for (const terminal of window.terminals) {
    if ((await terminal.processId) !== processId) continue;
    terminal.sendText('\u0003', false);
    return true;
  }
  return false;
}
