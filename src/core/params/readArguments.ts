import type { CommandSpec, OptionSpec } from './commandSpec';

export interface ReadArguments {
  /** The values that were given, by key, in the order of their first mention. */
  readonly values: ReadonlyMap<string, string>;
  /** What the program is not known to take. */
  readonly rest: readonly string[];
  /** All options of the chosen command and of those around it; the innermost first. */
  readonly options: readonly OptionSpec[];
}

/** Reads the arguments of a command line as the program itself would. Never throws. */
export function readArguments(spec: CommandSpec, args: readonly string[]): ReadArguments {
  const values = new Map<string, string>();
  const rest: string[] = [];
  const restWords: string[] = [];
  let options = [...spec.options];
  let command = spec;
  let words: string[] = [];
  let at = 0;
  let isPlain = false;

  const give = (option: OptionSpec, given: readonly string[]): void => {
    const before = values.get(option.key);
    const text = given.length === 0 ? (option.on ?? '') : given.join(' ');
    if (option.repeated === 'count') values.set(option.key, String(Number(before ?? 0) + 1));
    else if (option.repeated === 'append' && before !== undefined) {
      values.set(option.key, `${before} ${text}`);
    } else values.set(option.key, text);
  };

  const waiting: string[] = [];
  while (waiting.length > 0 || at < args.length) {
    const arg = waiting.pop() ?? args[at++] ?? '';
    if (arg === '--' && !isPlain) {
      isPlain = true;
      continue;
    }
    if (isPlain || !isOption(arg, command)) {
      const inner = isPlain ? undefined : command.commands?.get(arg);
      if (inner === undefined) {
        words.push(arg);
        continue;
      }
      placeWords(command, words, values, restWords, give);
      if (command.commandKey !== undefined) values.set(command.commandKey, arg);
      command = inner;
      words = [];
      options = [...inner.options, ...options];
      continue;
    }
    const found = findOption(arg, command);
    if (found === undefined) {
      rest.push(arg);
      while (at < args.length && !isOption(args[at] ?? '', command)) rest.push(args[at++] ?? '');
      continue;
    }
    const { option, isOff, joined, others } = found;
    if (others !== undefined) waiting.push(others);
    if (isOff) {
      values.set(option.key, option.off ?? 'False');
      continue;
    }
    if (joined !== undefined) {
      give(option, [joined]);
      continue;
    }
    const given: string[] = [];
    const most = maxValues(option);
    while (given.length < most && at < args.length && isValue(args[at] ?? '', command, option)) {
      given.push(args[at++] ?? '');
    }
    give(option, given);
  }
  if (command === spec && spec.defaultCommand !== undefined) {
    command = spec.defaultCommand;
    options = [...command.options, ...options];
  }
  placeWords(command, words, values, restWords, give);
  // Words behind an option would be taken for its values.
  return { values, rest: [...restWords, ...rest], options };
}

function maxValues({ takes }: OptionSpec): number {
  if (typeof takes === 'number') return takes;
  return takes === 'optional' ? 1 : Number.POSITIVE_INFINITY;
}

const negativeNumber = /^-\d+$|^-\d*\.\d+$|^-\d+(?:\.\d*)?e-?\d+$/i;

function isOption(arg: string, command: CommandSpec): boolean {
  if (!arg.startsWith('-') || arg === '-') return false;
  return !negativeNumber.test(arg) || command.options.some(({ flags }) => flags.includes(arg));
}

function isValue(arg: string, command: CommandSpec, { takes }: OptionSpec): boolean {
  if (arg === '--' || isOption(arg, command)) return false;
  // A list that may have any length ends where a command begins.
  return typeof takes === 'number' || command.commands?.has(arg) !== true;
}

interface Found {
  readonly option: OptionSpec;
  readonly isOff: boolean;
  /** What follows `=`, or a short option directly. */
  readonly joined?: string;
  /** Further short flags of the same word. */
  readonly others?: string;
}

function findOption(arg: string, { options, allowsAbbreviation }: CommandSpec): Found | undefined {
  const exact = withFlag(options, arg);
  if (exact !== undefined) return exact;
  const equals = arg.indexOf('=');
  const name = equals === -1 ? arg : arg.slice(0, equals);
  const value = equals === -1 ? {} : { joined: arg.slice(equals + 1) };
  const named = equals === -1 ? undefined : withFlag(options, name);
  if (named !== undefined) return { ...named, ...value };
  if (allowsAbbreviation && name.startsWith('--')) {
    const flags = options.flatMap((each) => [...each.flags, ...(each.offFlags ?? [])]);
    const longer = new Set(flags.filter((flag) => flag.startsWith(name)));
    const [only] = longer;
    const found = longer.size === 1 && only !== undefined ? withFlag(options, only) : undefined;
    if (found !== undefined) return { ...found, ...value };
  }
  if (!arg.startsWith('--') && arg.length > 2) {
    const short = withFlag(options, arg.slice(0, 2));
    if (short !== undefined && short.option.takes !== 0) {
      return { ...short, joined: arg.slice(2).replace(/^=/, '') };
    }
    // Short flags that take nothing can stand together: `-xvf`.
    if (short !== undefined) return { ...short, others: `-${arg.slice(2)}` };
  }
  return undefined;
}

function withFlag(options: readonly OptionSpec[], flag: string): Found | undefined {
  for (const option of options) {
    if (option.flags.includes(flag)) return { option, isOff: false };
    if (option.offFlags?.includes(flag)) return { option, isOff: true };
  }
  return undefined;
}

/** Gives the words without an option to the arguments that are known by their place. */
function placeWords(
  { options }: CommandSpec,
  words: readonly string[],
  values: ReadonlyMap<string, string>,
  rest: string[],
  give: (option: OptionSpec, given: readonly string[]) => void,
): void {
  const places = options.filter(
    ({ key, position }) => position === 'only' || (position === 'also' && !values.has(key)),
  );
  let at = 0;
  for (const [index, place] of places.entries()) {
    const later = places.slice(index + 1).reduce((sum, each) => sum + minValues(each), 0);
    const count = Math.min(maxValues(place), Math.max(0, words.length - at - later));
    if (count > 0) give(place, words.slice(at, at + count));
    at += count;
  }
  rest.push(...words.slice(at));
}

function minValues({ takes, position }: OptionSpec): number {
  if (position === 'also') return 0;
  return typeof takes === 'number' ? takes : takes === 'some' ? 1 : 0;
}
