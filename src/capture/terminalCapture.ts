import {
  Disposable,
  type Terminal,
  TerminalExitReason,
  type TerminalShellExecution,
  TerminalShellExecutionCommandLineConfidence,
  type TerminalShellExecutionStartEvent,
  window,
} from 'vscode';
import type { CommandRecorder } from '../app/commandRecorder';
import { killDescendants } from '../app/processTree';
import type { RecordingHandle } from '../app/recordingStart';
import type { Stopper } from '../app/stopper';
import type { Outcome } from '../core/recording/recordingReducer';
import { createTerminalJobs } from './terminalJobs';

/**
 * Turns what shell integration tells of terminals into recordings.
 *
 * Found by trying (VS Code 1.139): output is lost unless `read()` is called inside the start event; a
 * terminal that is closed gives no end event and its stream never finishes; after a reload of the
 * window a command that still runs gives a start and an end with its output squeezed into the command
 * line and nothing to read.
 */
export function captureTerminals(
  recorder: CommandRecorder,
  quietly: (what: string, action: () => unknown) => void,
): Disposable {
  const open = new Map<TerminalShellExecution, Watched>();
  const jobs = createTerminalJobs(quietly);

  function started(event: TerminalShellExecutionStartEvent): void {
    const { execution, terminal } = event;
    if (!isCommand(execution)) return;
    const stream = execution.read();
    const commandLine = execution.commandLine.value.slice(0, maxCommandLength);
    const handle = recorder.start(commandLine, execution.cwd?.fsPath, {
      kind: 'terminal',
      processId: terminal.processId,
      stopper: terminalStopper(terminal),
      isGuessed:
        execution.commandLine.confidence !== TerminalShellExecutionCommandLineConfidence.High,
    });
    const notices = jobs.listen(terminal);
    if (!handle && !notices) return;
    const reading = readAll(stream, (text) => {
      notices?.(text);
      handle?.push(text);
    });
    quietly('Reading a terminal', () => reading);
    if (!handle) return;
    if (handle.isBackground) jobs.add(terminal, commandLine, handle);
    open.set(execution, { terminal, handle, reading });
  }

  function ended(execution: TerminalShellExecution, outcome: Outcome): void {
    const watched = open.get(execution);
    if (!watched) return;
    open.delete(execution);
    quietly('Recording a command', async () => {
      // The stream ends just before or just after the end event; a closed terminal's never does.
      if (outcome.kind === 'exited') await watched.reading;
      await watched.handle.end(outcome);
    });
  }

  return Disposable.from(
    window.onDidStartTerminalShellExecution((event) =>
      quietly('Recording a command', () => started(event)),
    ),
    window.onDidEndTerminalShellExecution(({ execution, exitCode }) =>
      ended(execution, { kind: 'exited', exitCode }),
    ),
    window.onDidCloseTerminal((terminal) => {
      // On a reload the process lives on, but its output cannot be read any more.
      const lost = terminal.exitStatus?.reason === TerminalExitReason.Shutdown;
      for (const [execution, watched] of open) {
        if (watched.terminal === terminal) ended(execution, { kind: lost ? 'lost' : 'closed' });
      }
    }),
  );
}

function terminalStopper(terminal: Terminal): Stopper {
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

const ctrlC = '\u0003';

interface Watched {
  readonly terminal: TerminalShellExecutionStartEvent['terminal'];
  readonly handle: RecordingHandle;
  readonly reading: Promise<void>;
}

/** A command line longer than this has output that VS Code took for a part of it. */
const maxCommandLength = 4000;

function isCommand({
  commandLine,
}: {
  commandLine: TerminalShellExecution['commandLine'];
}): boolean {
  return (
    commandLine.confidence !== TerminalShellExecutionCommandLineConfidence.Low &&
    commandLine.value.trim() !== ''
  );
}

async function readAll(
  stream: AsyncIterable<string>,
  onText: (text: string) => void,
): Promise<void> {
  for await (const text of stream) onText(text);
}
