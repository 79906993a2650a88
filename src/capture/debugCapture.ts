import { type DebugAdapterTracker, type DebugSession, Disposable, debug } from 'vscode';
import type { CommandHandle, CommandRecorder } from '../app/commandRecorder';
import { LogBuffer } from '../app/logBuffer';
import { debugCommand } from '../core/command/debugCommand';
import { readDebugMessage } from '../core/command/debugMessage';
import type { Outcome } from '../core/recording/recordingReducer';
import type { DebugTerminals } from './debugTerminals';

/**
 * Turns debug sessions that start a program into recordings: one for a session with all its children
 * (js-debug runs the program in one).
 *
 * Found by trying (js-debug and debugpy 1.8 in VS Code 1.139): a program in the integrated terminal is
 * seen there too, with all that it prints, and is recorded from there; the adapter asks for that
 * terminal before anything is printed.
 */
export function captureDebugSessions(
  recorder: CommandRecorder,
  terminals: DebugTerminals,
  quietly: (what: string, action: () => unknown) => void,
): Disposable {
  const programs = new Map<string, DebuggedProgram>();

  function programOf(session: DebugSession): DebuggedProgram | undefined {
    const root = rootOf(session);
    const known = programs.get(root.id);
    if (known || root !== session) return known;
    const command = debugCommand(session.type, session.configuration);
    if (!command) return undefined;
    const cwd = command.cwd ?? session.workspaceFolder?.uri.fsPath;
    const program = new DebuggedProgram(session, terminals, (processId) =>
      recorder.start(command.commandLine, cwd, {
        kind: 'debug',
        processId,
        stopper: { interrupt: async () => debug.stopDebugging(session) },
      }),
    );
    programs.set(session.id, program);
    return program;
  }

  return Disposable.from(
    debug.registerDebugAdapterTrackerFactory('*', {
      createDebugAdapterTracker(session): DebugAdapterTracker | undefined {
        const program = programOf(session);
        const hear = (message: unknown, isToAdapter: boolean) =>
          quietly('Reading a debug session', () => program?.hear(message, isToAdapter));
        return (
          program && {
            onWillReceiveMessage: (message) => hear(message, true),
            onDidSendMessage: (message) => hear(message, false),
          }
        );
      },
    }),
    debug.onDidTerminateDebugSession((session) => {
      const program = programs.get(session.id);
      programs.delete(session.id);
      if (program) quietly('Recording a debug session', () => program.end());
    }),
  );
}

/** So long a terminal that was asked for may take until its command is seen. */
const terminalWaitMs = 20_000;

class DebuggedProgram {
  /** Whether its output is read from the debugger, from a terminal, or not known yet. */
  private source: 'unknown' | 'debugger' | 'terminal' = 'unknown';
  private handle: CommandHandle | undefined;
  private readonly waiting = new LogBuffer();
  private exitCode: number | undefined;
  private isStopped = false;
  private isOver = false;
  private timer: NodeJS.Timeout | undefined;
  private giveProcessId: (processId: number | undefined) => void = () => undefined;
  private readonly processId = new Promise<number | undefined>((resolve) => {
    this.giveProcessId = resolve;
  });

  constructor(
    private readonly session: DebugSession,
    private readonly terminals: DebugTerminals,
    private readonly start: (processId: Promise<number | undefined>) => CommandHandle | undefined,
  ) {}

  hear(message: unknown, isToAdapter: boolean): void {
    const heard = readDebugMessage(message, isToAdapter);
    switch (heard?.kind) {
      case 'output':
        this.print(heard.text);
        break;
      case 'terminal':
        this.expectTerminal(heard.words, heard.cwd ?? this.session.workspaceFolder?.uri.fsPath);
        break;
      case 'launched':
        if (!this.timer) this.readFromDebugger();
        break;
      case 'process':
        this.giveProcessId(heard.processId);
        break;
      case 'exited':
        this.exitCode = heard.exitCode;
        this.isOver = true;
        break;
      case 'terminated':
        this.isOver = true;
        break;
      case 'stop':
        // After its end it is only a farewell.
        if (!this.isOver) this.isStopped = true;
        break;
      case undefined:
        break;
    }
  }

  end(): Promise<boolean> | undefined {
    clearTimeout(this.timer);
    this.readFromDebugger();
    this.giveProcessId(undefined);
    return this.handle?.end(this.outcome());
  }

  private outcome(): Outcome {
    if (this.exitCode !== undefined && !this.isStopped) {
      return { kind: 'exited', exitCode: this.exitCode };
    }
    return this.isStopped ? { kind: 'closed' } : { kind: 'exited', exitCode: undefined };
  }

  private print(text: string): void {
    if (this.source === 'debugger') this.handle?.push(text);
    if (this.source !== 'unknown') return;
    this.waiting.add(text);
  }

  private expectTerminal(words: readonly string[] | undefined, cwd: string | undefined): void {
    if (this.source !== 'unknown') return;
    // An external terminal shows nothing to us.
    if (!words) {
      this.readFromDebugger();
      return;
    }
    this.terminals.expect(words, cwd, () => {
      if (this.source !== 'unknown') return;
      clearTimeout(this.timer);
      this.source = 'terminal';
      this.waiting.take();
    });
    this.timer = setTimeout(() => this.readFromDebugger(), terminalWaitMs);
  }

  private readFromDebugger(): void {
    if (this.source !== 'unknown') return;
    this.source = 'debugger';
    this.handle = this.start(this.processId);
    const text = this.waiting.take();
    if (text !== '') this.handle?.push(text);
  }
}

function rootOf(session: DebugSession): DebugSession {
  let root = session;
  while (root.parentSession) root = root.parentSession;
  return root;
}
