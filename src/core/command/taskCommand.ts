import { joinCommand } from './joinCommand';

/** What VS Code gives of a `ShellExecution` or a `ProcessExecution`; a task may have neither. */
export interface TaskExecutionLike {
  readonly commandLine?: string | undefined;
  readonly command?: TaskWord | undefined;
  readonly process?: string;
  readonly args?: readonly TaskWord[];
}

type TaskWord = string | { readonly value: string };

/** VS Code writes this in the place of the command line of a process. */
const executingTask = /^\s*\*\s*Executing task(?: in folder [^:]+)?: (.*?)\s*$/s;

/**
 * The command line of a task, from its definition. One that still has variables of VS Code in it, such
 * as `${file}`, is read from what its terminal shows, if that says anything.
 *
 * @param shown the command line that shell integration gives for the task's terminal.
 */
export function taskCommand(execution: TaskExecutionLike, shown: string): string | undefined {
  const defined = definedCommand(execution);
  const said = (executingTask.exec(shown)?.[1] ?? shown).trim();
  if (defined === undefined || /\$\{[^}]+\}/.test(defined)) return said || defined;
  return defined;
}

function definedCommand({
  commandLine,
  command,
  process,
  args = [],
}: TaskExecutionLike): string | undefined {
  if (commandLine) return commandLine;
  const words = args.map(wordText);
  if (process) return joinCommand([process, ...words]);
  // The command of a shell task may be a whole line; its arguments are words.
  const program = command === undefined ? '' : wordText(command);
  return program === '' ? undefined : [program, joinCommand(words)].join(' ').trim();
}

function wordText(word: TaskWord): string {
  return typeof word === 'string' ? word : word.value;
}
