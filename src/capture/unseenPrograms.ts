import { Disposable, type Terminal, window } from 'vscode';
import { findUnseenProgram } from '../app/processes/unseenProgram';
import { parseCommand } from '../core/command/parseCommand';

/** What is run where nothing can be recorded of it. */
export interface UnseenProgram {
  /** Its script or module, or the program that hides what runs in it. */
  readonly name: string;
}

const lookEveryMs = 4000;
/** A shell that has not announced itself by then never will. */
const integrationWaitMs = 6000;
/** They draw over the whole terminal, so that neither commands nor lines can be told apart. */
const multiplexers: ReadonlySet<string> = new Set(['tmux', 'screen', 'byobu', 'zellij']);

/**
 * Notices programs in the active terminal of which VS Code tells nothing: plain `sh` and other shells
 * without shell integration, `( … )` in bash, and what runs inside tmux.
 *
 * @param changed told what it is, and with undefined when there is nothing more.
 */
export function watchUnseenPrograms(
  changed: (program: UnseenProgram | undefined) => void,
  quietly: (what: string, action: () => unknown) => void,
): Disposable {
  const openedAtMs = new WeakMap<Terminal, number>();
  /** The command line that each terminal tells of. */
  const seen = new Map<Terminal, string>();
  let last: string | undefined;
  let isLooking = false;

  const tell = (name: string | undefined) => {
    if (name === last) return;
    last = name;
    changed(name === undefined ? undefined : { name });
  };

  async function look(): Promise<void> {
    const terminal = window.activeTerminal;
    if (isLooking) return;
    isLooking = true;
    try {
      tell(terminal && (await unseenIn(terminal)));
    } finally {
      isLooking = false;
    }
  }

  async function unseenIn(terminal: Terminal): Promise<string | undefined> {
    if (!terminal.state.isInteractedWith) return undefined;
    const commandLine = seen.get(terminal);
    if (commandLine !== undefined) {
      return parseCommand(commandLine).programs.find((program) => multiplexers.has(program));
    }
    const ageMs = Date.now() - (openedAtMs.get(terminal) ?? 0);
    if (!terminal.shellIntegration && ageMs < integrationWaitMs) return undefined;
    const shellPid = await terminal.processId;
    return shellPid === undefined ? undefined : findUnseenProgram(shellPid);
  }

  const timer = setInterval(
    () => quietly('Looking for programs that cannot be recorded', look),
    lookEveryMs,
  );
  return Disposable.from(
    new Disposable(() => clearInterval(timer)),
    window.onDidOpenTerminal((terminal) => openedAtMs.set(terminal, Date.now())),
    window.onDidCloseTerminal((terminal) => seen.delete(terminal)),
    window.onDidStartTerminalShellExecution(({ terminal, execution }) =>
      seen.set(terminal, execution.commandLine.value),
    ),
    window.onDidEndTerminalShellExecution(({ terminal }) => seen.delete(terminal)),
  );
}
