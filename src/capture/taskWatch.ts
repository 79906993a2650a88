import {
  Disposable,
  type ExtensionTerminalOptions,
  type Task,
  type TaskExecution,
  type Terminal,
  type TerminalOptions,
  type TerminalShellExecutionCommandLine,
  TerminalShellExecutionCommandLineConfidence,
  tasks,
} from 'vscode';
import { type TaskExecutionLike, taskCommand } from '../core/command/taskCommand';
import { taskTypes } from '../platform/contributionIds';

/** The process of a task, from its start on. */
export interface TaskProcess {
  readonly task: Task;
  readonly processId: number;
  /** Resolves when it ends, with undefined where nobody knows how. */
  readonly exitCode: Promise<number | undefined>;
  terminate(): void;
}

export interface TaskWatch extends Disposable {
  /** The process of a task that runs in a terminal, once it is known; else undefined after a while. */
  processIn(terminal: Terminal): Promise<TaskProcess | undefined>;
}

const maxWaitMs = 2000;
const delay = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/**
 * Knows which terminal runs which task.
 *
 * Found by trying (VS Code 1.139): the terminal of a task gives the events of shell integration, up to
 * 300 ms before the task is told to have started; what they have in common is the process.
 *
 * @param onUnseen told of a process whose terminal gives no such events.
 */
export function createTaskWatch(onUnseen: (process: TaskProcess) => void): TaskWatch {
  const running = new Map<number, TaskProcess & { isClaimed: boolean }>();
  const exits = new Map<TaskExecution, (exitCode: number | undefined) => void>();

  function started(execution: TaskExecution, processId: number): void {
    const exitCode = new Promise<number | undefined>((resolve) => exits.set(execution, resolve));
    const process = {
      task: execution.task,
      processId,
      exitCode,
      terminate: () => execution.terminate(),
      isClaimed: false,
    };
    running.set(processId, process);
    void delay(maxWaitMs).then(() => {
      if (!process.isClaimed) onUnseen(process);
      void exitCode.then(() => running.delete(processId));
    });
  }

  function ended(execution: TaskExecution, exitCode: number | undefined): void {
    exits.get(execution)?.(exitCode);
    exits.delete(execution);
  }

  const events = Disposable.from(
    tasks.onDidStartTaskProcess(({ execution, processId }) => started(execution, processId)),
    tasks.onDidEndTaskProcess(({ execution, exitCode }) => ended(execution, exitCode)),
    tasks.onDidEndTask(({ execution }) => ended(execution, undefined)),
  );
  return {
    dispose: () => events.dispose(),
    async processIn(terminal) {
      for (let waitedMs = 0; waitedMs < maxWaitMs; waitedMs += 50) {
        const process = running.get((await terminal.processId) ?? -1);
        if (process && !process.isClaimed) {
          process.isClaimed = true;
          return process;
        }
        await delay(50);
      }
      return undefined;
    },
  };
}

/**
 * Whether what a terminal runs may be a task: its shell was started for one command, or its command
 * line is none.
 */
export function mayBeTask(terminal: Terminal, line: TerminalShellExecutionCommandLine): boolean {
  const isLine =
    line.confidence !== TerminalShellExecutionCommandLineConfidence.Low && line.value.trim() !== '';
  return !isLine || startsOneCommand(terminal.creationOptions);
}

function startsOneCommand(options: Readonly<TerminalOptions | ExtensionTerminalOptions>): boolean {
  const args = 'shellArgs' in options ? (options.shellArgs ?? []) : [];
  const words = typeof args === 'string' ? args.split(' ') : args;
  // `-c` of POSIX shells, also as `-lic`; `-Command` of PowerShell, `/c` of cmd.exe.
  return words.some((word) => /^(?:-[a-z]*c|-command|\/c)$/i.test(word));
}

/** @param shown what shell integration gives for its command line; empty where it gives nothing. */
export function commandOfTask({ definition, execution }: Task, shown: string): string | undefined {
  // It is recorded by what its launcher keeps.
  if (definition.type === taskTypes.launch) return undefined;
  // SAFETY: a shell or a process execution has these fields, and a custom one has none of them.
  return execution && taskCommand(execution as TaskExecutionLike, shown);
}

/** Absolute path of the folder that a task runs in, as far as its definition says it. */
export function folderOfTask({ execution, scope }: Task): string | undefined {
  const cwd = execution && 'options' in execution ? execution.options?.cwd : undefined;
  if (cwd && !cwd.includes('${')) return cwd;
  return typeof scope === 'object' ? scope.uri.fsPath : undefined;
}
