import { parseCommand } from './parseCommand';
import { quoteWord, type ShellDialect } from './quoteWord';
import { splitCommand } from './splitCommand';

/** The arguments of what a command line runs, with the text that they stand in. */
export interface CommandArguments {
  readonly commandLine: string;
  readonly words: readonly string[];
  /** Where each stands in the command line, with its quotes. */
  readonly spans: readonly Span[];
  /** Where the first one begins or would begin, behind the word before it. */
  readonly from: number;
}

interface Span {
  readonly start: number;
  readonly end: number;
}

/** What to put in the place of some arguments. */
export interface ArgumentSplice {
  readonly at: number;
  readonly remove: number;
  readonly words: readonly string[];
}

/** @returns undefined where they do not stand together in the text, or not as they are read. */
export function commandArguments(commandLine: string): CommandArguments | undefined {
  const { args, words } = parseCommand(commandLine);
  const own = words.slice(words.length - args.length);
  if (words.length <= args.length || !isSame(own, args)) return undefined;
  const tokens = splitCommand(commandLine);
  const first = tokens.findIndex((_, index) =>
    words.every((word, at) => {
      const token = tokens[index + at];
      return token?.kind === 'word' && token.text === word;
    }),
  );
  if (first === -1) return undefined;
  const firstArgument = first + words.length - args.length;
  return {
    commandLine,
    words: args,
    spans: tokens.slice(firstArgument, first + words.length),
    from: tokens[firstArgument - 1]?.end ?? 0,
  };
}

/**
 * Changes some arguments and leaves all other text of the command line as it is.
 *
 * @returns undefined if the result is not read as it was meant.
 */
export function spliceArguments(
  { commandLine, words, spans, from }: CommandArguments,
  splice: ArgumentSplice,
  dialect: ShellDialect,
): CommandArguments | undefined {
  const before = spans[splice.at - 1]?.end ?? from;
  const behind = spans[splice.at + splice.remove - 1]?.end ?? before;
  const start = splice.remove === 0 ? before : (spans[splice.at]?.start ?? before);
  const text = splice.words.map((word) => quoteWord(word, dialect)).join(' ');
  // What is taken away goes with the blank before it.
  const head = commandLine.slice(0, text === '' ? before : start);
  const gap = splice.remove === 0 && text !== '' ? ' ' : '';
  const changed = commandArguments(head + gap + text + commandLine.slice(behind));
  const meant = words.toSpliced(splice.at, splice.remove, ...splice.words);
  return changed && isSame(changed.words, meant) ? changed : undefined;
}

function isSame(left: readonly string[], right: readonly string[]): boolean {
  return left.length === right.length && left.every((word, index) => word === right[index]);
}
