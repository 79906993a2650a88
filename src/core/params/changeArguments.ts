import {
  type ArgumentSplice,
  type CommandArguments,
  commandArguments,
  spliceArguments,
} from '../command/commandArguments';
import type { ShellDialect } from '../command/quoteWord';
import type { Param } from '../run/run';
import type { CommandSpec, OptionSpec } from './commandSpec';

export interface ParamChange {
  readonly key: string;
  readonly value: string;
}

export interface ChangedCommand {
  readonly commandLine: string;
  /** The params that no argument was found for. */
  readonly refused: readonly string[];
}

export interface ArgumentReader {
  /** The params of a run with these arguments. */
  readParams(args: readonly string[]): readonly Param[];
  /** What the program is known to take. */
  readonly spec: CommandSpec;
  readonly dialect: ShellDialect;
}

/**
 * The command line that runs the same with other params. Each change is tried in the forms that an
 * argument can have, what stands there first; the first counts by which the param, as it is read from
 * the command line again, has its new value and no other argument has changed its meaning.
 */
export function changeArguments(
  commandLine: string,
  changes: readonly ParamChange[],
  reader: ArgumentReader,
): ChangedCommand {
  let current = commandArguments(commandLine);
  const refused: string[] = [];
  for (const change of changes) {
    const changed = current && changeOne(current, change, reader);
    if (changed) current = changed;
    else refused.push(change.key);
  }
  return { commandLine: current?.commandLine ?? commandLine, refused };
}

function changeOne(
  command: CommandArguments,
  change: ParamChange,
  reader: ArgumentReader,
): CommandArguments | undefined {
  const before = toMap(reader.readParams(command.words));
  if (before.get(change.key)?.value === change.value) return command;
  for (const splice of splices(command.words, change, before.get(change.key)?.value, reader.spec)) {
    const words = command.words.toSpliced(splice.at, splice.remove, ...splice.words);
    if (!isMeant(before, toMap(reader.readParams(words)), change)) continue;
    const changed = spliceArguments(command, splice, reader.dialect);
    if (changed) return changed;
  }
  return undefined;
}

function isMeant(
  before: ReadonlyMap<string, Param>,
  after: ReadonlyMap<string, Param>,
  { key, value }: ParamChange,
): boolean {
  const found = after.get(key)?.value;
  if (found === undefined) {
    // A flag of which nothing else is known is the other thing where it is not given.
    const was = before.get(key)?.value;
    if (was === undefined || !isBoolean(was) || isOff(was) === isOff(value)) return false;
  } else if (!isSameValue(found, value)) return false;
  for (const [other, param] of after) {
    const was = before.get(other);
    if (other !== key && param.origin === 'argv' && was?.value !== param.value) return false;
  }
  for (const [other, was] of before) {
    if (other !== key && was.origin === 'argv' && !after.has(other)) return false;
  }
  return true;
}

function* splices(
  args: readonly string[],
  { key, value }: ParamChange,
  old: string | undefined,
  spec: CommandSpec,
): Generator<ArgumentSplice> {
  const options = optionsOf(spec);
  const option = options.find((each) => each.key === key);
  const names = namesOf(key, option, args);
  if (old !== undefined) {
    yield* inPlace(args, value, old, (arg) => names.some((name) => arg.startsWith(name)));
    yield* inPlace(args, value, old, () => true);
  }
  yield* flags(args, value, names, option);
  // It would refuse what it does not know.
  if (option === undefined && options.some(({ flags }) => flags.length > 0)) return;
  const at = args.length;
  const list = listOf(value, option);
  for (const name of names) {
    yield { at, remove: 0, words: name.endsWith('=') ? [name + value] : [name, ...list] };
    if (!name.endsWith('=')) yield { at, remove: 0, words: [`${name}=${value}`] };
  }
}

/** Another value where the old one stands. */
function* inPlace(
  args: readonly string[],
  value: string,
  old: string,
  isOfParam: (arg: string) => boolean,
): Generator<ArgumentSplice> {
  // The last one counts where an option is given twice.
  for (let at = args.length - 1; at >= 0; at--) {
    const arg = args[at] ?? '';
    if (arg.length > old.length && arg.endsWith(old) && isOfParam(arg)) {
      yield { at, remove: 1, words: [arg.slice(0, arg.length - old.length) + value] };
    }
    if (at > 0 && !isOfParam(args[at - 1] ?? '')) continue;
    for (let end = at + 1; end <= args.length; end++) {
      const text = args.slice(at, end).join(' ');
      if (text.length > old.length) break;
      if (text !== old) continue;
      if (end - at > 1) yield { at, remove: end - at, words: wordsOf(value) };
      yield { at, remove: end - at, words: [value] };
      yield { at, remove: end - at, words: wordsOf(value) };
    }
  }
}

/** On and off, by the flag that is there or by one that is not. */
function* flags(
  args: readonly string[],
  value: string,
  names: readonly string[],
  option: OptionSpec | undefined,
): Generator<ArgumentSplice> {
  const on = option?.flags ?? names.filter((name) => name.startsWith('-'));
  const off = option?.offFlags ?? on.map((name) => name.replace(/^--/, '--no-'));
  const isOn = !isOff(value);
  const [wanted, other] = isOn ? [on, off] : [off, on];
  for (let at = args.length - 1; at >= 0; at--) {
    if (!other.includes(args[at] ?? '')) continue;
    yield { at, remove: 1, words: [] };
    for (const name of wanted) yield { at, remove: 1, words: [name] };
  }
  const isFlag = option === undefined ? isBoolean(value) : option.takes === 0;
  if (isFlag) for (const name of wanted) yield { at: args.length, remove: 0, words: [name] };
}

/** As the script, or else the arguments that are there, write such a name; the likeliest first. */
function namesOf(
  key: string,
  option: OptionSpec | undefined,
  args: readonly string[],
): readonly string[] {
  if (option && option.flags.length > 0) {
    return option.flags.toSorted((a, b) => Number(b.startsWith('--')) - Number(a.startsWith('--')));
  }
  const hasOverrides = args.some((arg) => /^[+~]*[A-Za-z_][\w.@/-]*=/.test(arg));
  const hasDashes = args.some((arg) => /^--\w+-/.test(arg));
  const dashed = `--${key.replaceAll('_', '-')}`;
  const long = hasDashes ? [dashed, `--${key}`] : [`--${key}`, dashed];
  const short = key.length === 1 ? [`-${key}`] : [];
  const override = [`${key}=`, `+${key}=`];
  return hasOverrides ? [...override, ...long] : [...short, ...long, ...override];
}

function listOf(value: string, option: OptionSpec | undefined): readonly string[] {
  const takesOne = option === undefined || option.takes === 1 || option.takes === 'optional';
  return takesOne ? [value] : wordsOf(value);
}

function wordsOf(value: string): readonly string[] {
  return value.split(/\s+/).filter((word) => word !== '');
}

function optionsOf({ options, commands, defaultCommand }: CommandSpec): readonly OptionSpec[] {
  const inner = [...(commands?.values() ?? []), ...(defaultCommand ? [defaultCommand] : [])];
  return [...options, ...inner.flatMap(optionsOf)];
}

function isOff(value: string): boolean {
  return /^(?:false|no|off|0|none|)$/i.test(value);
}

/** A flag is `true` by its looks, and `True` where the script is known. */
function isSameValue(left: string, right: string): boolean {
  return (
    left === right || (/^(?:true|false)$/i.test(left) && left.toLowerCase() === right.toLowerCase())
  );
}

function isBoolean(value: string): boolean {
  return /^(?:true|false)$/i.test(value);
}

function toMap(params: readonly Param[]): ReadonlyMap<string, Param> {
  return new Map(params.map((param) => [param.key, param]));
}
