import type { CommandOrigin, CommandRecorder } from '../app/commandRecorder';
import type { Stopper } from '../app/stopper';
import { commandOfTask, folderOfTask, type TaskProcess } from './taskWatch';

/** What is known of a command when it begins. */
export interface CommandStart {
  readonly commandLine: string;
  readonly cwd: string | undefined;
  readonly origin: CommandOrigin;
  /** How it ends, where that is known better than its terminal knows it. */
  readonly exitCode?: Promise<number | undefined>;
}

interface TaskTerminal {
  /** What shell integration gives for the command line. */
  readonly shown: string;
  readonly cwd: string | undefined;
  readonly stopper: Stopper;
}

/** @returns undefined if the task runs no command. */
export function startOfTask(
  { task, processId, exitCode }: TaskProcess,
  { shown, cwd, stopper }: TaskTerminal,
): CommandStart | undefined {
  const commandLine = commandOfTask(task, shown);
  if (commandLine === undefined) return undefined;
  return {
    commandLine,
    cwd: folderOfTask(task) ?? cwd,
    origin: { kind: 'task', processId: Promise.resolve(processId), stopper },
    exitCode,
  };
}

/** Where shell integration is off, a task is recorded without what it prints. */
export async function recordUnseenTask(
  process: TaskProcess,
  recorder: CommandRecorder,
): Promise<void> {
  const stopper = { interrupt: async () => process.terminate() };
  const start = startOfTask(process, { shown: '', cwd: undefined, stopper });
  const handle = start && recorder.start(start.commandLine, start.cwd, start.origin);
  await handle?.end({ kind: 'exited', exitCode: await process.exitCode });
}
