import type { RunStatus } from '../run/run';

export type LastWords = Extract<RunStatus, 'finished' | 'failed' | 'killed'>;

/** So much of the end of an output tells how a program ended, in UTF-16 units. */
export const lastWordsLength = 4096;

/**
 * How a program ended whose exit code nobody saw, by what it printed last: a Python traceback, a
 * stack of JavaScript, what the C library or a shell says of a signal; or that it counted its epochs
 * or steps up to their announced number.
 *
 * @param text decoded, as `decodeLog` gives it; its end counts.
 * @returns undefined if that does not tell.
 */
export function readLastWords(text: string): LastWords | undefined {
  const lines = text
    .slice(-lastWordsLength)
    .split(/\r?\n/)
    .map((line) => line.trimEnd())
    .filter((line) => line !== '');
  return errorIn(lines) ?? (isCountedUp(lines) ? 'finished' : undefined);
}

/** The message of an error can have several lines, and another thread may print once more. */
const maxLinesBehindError = 12;

function errorIn(lines: readonly string[]): 'failed' | 'killed' | undefined {
  const signal = lines.slice(-2).find((line) => signalLine.test(line));
  if (signal !== undefined)
    return /^(?:Terminated|Killed|Hangup)/.test(signal) ? 'killed' : 'failed';
  const stackEnd = lines.findLastIndex((line) =>
    /^\s+(?:File ".*", line \d+|at .*:\d+)/.test(line),
  );
  if (stackEnd === -1) return undefined;
  const behind = lines.slice(stackEnd + 1);
  if (behind.length > maxLinesBehindError || behind.some((line) => namedCount.test(line))) {
    return undefined;
  }
  if (behind.some((line) => /^KeyboardInterrupt\b/.test(line))) return 'killed';
  const isPython = behind.some((line) => /^[A-Za-z_][\w.]*(?::\s|$)/.test(line));
  const isScript = lines
    .slice(0, stackEnd + 1)
    .some((line) => /^(?:Uncaught )?\w*Error\b/.test(line));
  return isPython || isScript ? 'failed' : undefined;
}

/** As glibc's `strsignal` names them, alone on their line or before `(core dumped)`. */
const signalLine =
  /^(?:.*\b)?(?:Segmentation fault|Aborted|Bus error|Illegal instruction|Floating point exception)(?: \(core dumped\))?$|^(?:Killed|Terminated|Hangup)$/;

const namedCount =
  /\b(?:epochs?|steps?|iter(?:ation)?s?|rounds?|trials?|episodes?|folds?)\W{0,4}(\d+)\s*(?:\/|of)\s*(\d+)/i;
const anyCount = /(?<![\d.])(\d+)\s*\/\s*(\d+)(?![\d./])/g;

/** The last count that says what it counts is complete, and so is the last one of any kind. */
function isCountedUp(lines: readonly string[]): boolean {
  const named = lines.findLast((line) => namedCount.test(line));
  const match = named === undefined ? null : namedCount.exec(named);
  if (match === null || Number(match[1]) !== Number(match[2])) return false;
  const last = [...lines.join('\n').matchAll(anyCount)].at(-1);
  return last === undefined || Number(last[1]) === Number(last[2]);
}
