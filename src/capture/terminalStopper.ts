import type { Terminal } from 'vscode';
import { killDescendants } from '../app/processTree';
import type { Stopper } from '../app/stopper';

const ctrlC = '\u0003';

/** Ends what runs before the shell of a terminal. */
export function terminalStopper(terminal: Terminal): Stopper {
  return {
    async interrupt() {
      terminal.sendText(ctrlC, false);
    },
    async kill() {
      const shell = await terminal.processId;
      if (shell !== undefined) await killDescendants(shell);
    },
  };
}
