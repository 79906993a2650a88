import type { SimpleCommand } from './parseCommand';

/** A file that gets what a command prints instead of the terminal. */
export interface OutputFile {
  /** As typed: `~` and variables are the shell's. */
  readonly path: string;
  /** Whether what the file holds is kept, as with `>>`. */
  readonly appends: boolean;
}

/**
 * Where the output of a command goes when the terminal does not show it: its own redirection, that of
 * the pipeline it is in, the file of a `tee` that shows nothing, or the `nohup.out` of `nohup`.
 *
 * @returns undefined if the terminal shows it, and if nobody gets it.
 */
export function findOutput(commands: readonly SimpleCommand[], at: number): OutputFile | undefined {
  const command = commands[at];
  if (command === undefined || command.redirect === 'nowhere') return undefined;
  if (command.redirect) return command.redirect;
  const readers = commands.slice(at + 1);
  const end = readers.findIndex(({ piped }) => !piped);
  const pipeline = end === -1 ? readers : readers.slice(0, end);
  const last = pipeline.at(-1);
  if (last === undefined) return command.words.includes('nohup') ? nohupOutput : undefined;
  if (typeof last.redirect === 'object') return last.redirect;
  const sink = pipeline.map(({ words }) => sinkOf(words)).findLast((each) => each !== undefined);
  // A job that runs behind the shell shows its output where nothing reads it.
  const isShown = last.redirect === undefined && !last.background && !sink?.isSilent;
  return isShown ? undefined : sink;
}

/** GNU coreutils, `nohup`: the output of a command is appended to it unless it is redirected. */
const nohupOutput: OutputFile = { path: 'nohup.out', appends: true };

interface Sink extends OutputFile {
  readonly isSilent: boolean;
}

/** `tee [-a] FILE` of POSIX; `Out-File [-FilePath] FILE [-Append]` and `Tee-Object` of PowerShell. */
function sinkOf(words: readonly string[]): Sink | undefined {
  const name = (words[0] ?? '').toLowerCase();
  if (!/^(?:tee|tee-object|out-file)$/.test(name)) return undefined;
  const path = words.slice(1).find((word) => !word.startsWith('-'));
  if (path === undefined) return undefined;
  const appends = words.some((word) => /^(?:-\w*a|--append|-append)$/i.test(word));
  return { path, appends, isSilent: name === 'out-file' };
}
