import {
  Disposable,
  TerminalExitReason,
  type TerminalShellExecution,
  TerminalShellExecutionCommandLineConfidence,
  type TerminalShellExecutionStartEvent,
  window,
} from 'vscode';
import type { CommandHandle, CommandRecorder } from '../app/commandRecorder';
import { LogBuffer } from '../app/logBuffer';
import { unwrapDebugger } from '../core/command/unwrapDebugger';
import type { Outcome } from '../core/recording/recordingReducer';
import type { DebugTerminals } from './debugTerminals';
import { type CommandStart, recordUnseenTask, startOfTask } from './taskStart';
import { createTaskWatch, mayBeTask } from './taskWatch';
import { createTerminalJobs } from './terminalJobs';
import { terminalStopper } from './terminalStopper';

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
  debugTerminals: DebugTerminals,
  quietly: (what: string, action: () => unknown) => void,
): Disposable {
  const open = new Map<TerminalShellExecution, Watched>();
  const jobs = createTerminalJobs(quietly);
  const taskWatch = createTaskWatch((process) =>
    quietly('Recording a task', () => recordUnseenTask(process, recorder)),
  );

  function started(event: TerminalShellExecutionStartEvent): void {
    const { execution, terminal } = event;
    // Both are lost unless they are asked for now.
    const stream = execution.read();
    const origin = mayBeTask(terminal, execution.commandLine)
      ? originOfTask(event)
      : originOf(event, debugTerminals);
    const notices = jobs.listen(terminal);
    let handle: CommandHandle | undefined;
    const early = new LogBuffer();
    const begin = (known: CommandStart | undefined): CommandHandle | undefined => {
      if (!known) return undefined;
      handle = recorder.start(known.commandLine, known.cwd, known.origin);
      const text = early.take();
      if (text !== '') handle?.push(text);
      if (handle?.isBackground) jobs.add(terminal, known.commandLine, handle);
      return handle;
    };
    const isKnown = !(origin instanceof Promise);
    const starting = isKnown ? begin(origin) : origin.then(begin);
    if (isKnown && !starting && !notices) return;
    const reading = readAll(stream, (text) => {
      notices?.(text);
      if (handle) handle.push(text);
      else early.add(text);
    });
    quietly('Reading a terminal', () => reading);
    if (isKnown && !starting) return;
    open.set(execution, { terminal, starting: Promise.resolve(starting), origin, reading });
  }

  async function originOfTask(
    event: TerminalShellExecutionStartEvent,
  ): Promise<CommandStart | undefined> {
    const { execution, terminal } = event;
    const process = await taskWatch.processIn(terminal);
    if (!process) {
      return isCommand(execution.commandLine) ? originOf(event, debugTerminals) : undefined;
    }
    return startOfTask(process, {
      shown: execution.commandLine.value,
      cwd: execution.cwd?.fsPath,
      stopper: terminalStopper(terminal),
    });
  }

  function ended(execution: TerminalShellExecution, outcome: Outcome): void {
    const watched = open.get(execution);
    if (!watched) return;
    open.delete(execution);
    quietly('Recording a command', async () => {
      const handle = await watched.starting;
      if (!handle) return;
      if (outcome.kind !== 'exited') return handle.end(outcome);
      // The stream ends just before or just after the end event; a closed terminal's never does.
      await watched.reading;
      const exitCode = (await (await watched.origin)?.exitCode) ?? outcome.exitCode;
      return handle.end({ kind: 'exited', exitCode });
    });
  }

  return Disposable.from(
    taskWatch,
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

interface Watched {
  readonly terminal: TerminalShellExecutionStartEvent['terminal'];
  readonly starting: Promise<CommandHandle | undefined>;
  readonly origin: CommandStart | undefined | Promise<CommandStart | undefined>;
  readonly reading: Promise<void>;
}

function originOf(
  { execution, terminal }: TerminalShellExecutionStartEvent,
  debugTerminals: DebugTerminals,
): CommandStart | undefined {
  if (!isCommand(execution.commandLine)) return undefined;
  const typed = execution.commandLine.value.slice(0, maxCommandLength);
  const debugged = unwrapDebugger(typed);
  const asked = debugged && debugTerminals.claim(debugged.commandLine);
  return {
    commandLine: debugged?.commandLine ?? typed,
    cwd: debugged?.cwd ?? asked ?? execution.cwd?.fsPath,
    origin: {
      kind: debugged ? 'debug' : 'terminal',
      processId: terminal.processId,
      stopper: terminalStopper(terminal),
      isGuessed:
        execution.commandLine.confidence !== TerminalShellExecutionCommandLineConfidence.High,
    },
  };
}

/** A command line longer than this has output that VS Code took for a part of it. */
const maxCommandLength = 4000;

function isCommand({ confidence, value }: TerminalShellExecution['commandLine']): boolean {
  return confidence !== TerminalShellExecutionCommandLineConfidence.Low && value.trim() !== '';
}

async function readAll(
  stream: AsyncIterable<string>,
  onText: (text: string) => void,
): Promise<void> {
  for await (const text of stream) onText(text);
}
