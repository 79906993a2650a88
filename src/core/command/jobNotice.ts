/** What a shell says of a job that ran behind it. */
export interface JobNotice {
  /** As the shell writes it anew: single blanks, and no `&`. */
  readonly command: string;
  /** 128 + the signal where one ended it, as POSIX shells count. */
  readonly exitCode: number;
}

/**
 * bash: `[1]+  Done                    python train.py`, `Exit 3`, `Killed`, with `(wd: ~/a)` behind
 * where it began elsewhere; zsh: `[1]  + done       python train.py`, `exit 3`, `killed`. Both print
 * it before the next prompt, or into the output of the next command.
 */
const notice =
  /^\[\d+\]\s*[+-]?\s+(?:\d+\s+)?(Done|Exit|Killed|Terminated|Hangup|Interrupt|Aborted|Segmentation fault|Quit)(?:\s+|\()?(\d+)?\)?(?:\s+\(core dumped\))?\s+(.+?)\s*(?:\(wd: .*\))?$/i;

const signals = new Map([
  ['hangup', 1],
  ['interrupt', 2],
  ['quit', 3],
  ['aborted', 6],
  ['killed', 9],
  ['segmentation fault', 11],
  ['terminated', 15],
]);

export function readJobNotice(line: string): JobNotice | undefined {
  const match = notice.exec(line.trimEnd());
  if (match === null) return undefined;
  const [, state = '', code, command = ''] = match;
  const signal = signals.get(state.toLowerCase());
  return {
    command: normalized(command),
    exitCode: signal === undefined ? Number(code ?? 0) : 128 + signal,
  };
}

/** Whether a notice speaks of this command line. */
export function isJob(commandLine: string, notice: JobNotice): boolean {
  return normalized(commandLine) === notice.command;
}

function normalized(commandLine: string): string {
  return commandLine
    .replace(/\s*&\s*$/, '')
    .replace(/\s+/g, ' ')
    .trim();
}
