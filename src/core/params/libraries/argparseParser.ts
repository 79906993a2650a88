import { callValue, itemsOf } from '../../python/interpret/callValue';
import { baseNames } from '../../python/interpret/classes';
import type { Machine } from '../../python/interpret/machine';
import {
  type CallArguments,
  none,
  type PyValue,
  pyBool,
  pyList,
  pyStr,
  truthOf,
  unknown,
} from '../../python/interpret/value';
import { reprOf, strOf } from '../../python/interpret/valueText';
import type { CommandSpec, OptionSpec } from '../commandSpec';
import { type Described, type DescribingWork, textOf } from '../findings';

/** What leaves a default out of the result, as argparse marks it. */
export const suppressed = '==SUPPRESS==';

interface Action {
  readonly dest: string;
  readonly flags: readonly string[];
  readonly takes: OptionSpec['takes'];
  readonly isRequired: boolean;
  readonly kind: string;
  readonly type: PyValue | undefined;
  readonly constant: PyValue | undefined;
  default: PyValue | undefined;
}

/** A parser as argparse has them, or one of its commands; it gathers what is added to it. */
export class ArgumentParser implements Described {
  private readonly actions: Action[] = [];
  private readonly byFlag = new Map<string, Action>();
  private readonly defaults = new Map<string, PyValue>();
  private readonly commands = new Map<string, ArgumentParser>();
  private commandKey: string | undefined;
  private readonly argumentDefault: PyValue | undefined;
  private readonly allowsAbbreviation: boolean;
  fixedArguments: readonly string[] | undefined;
  /** The params that name a configuration file. */
  readonly configOptions: string[] = [];
  /** Options that a dialect adds from classes. */
  readonly more: OptionSpec[] = [];

  constructor(
    args: CallArguments,
    private readonly machine: Machine,
  ) {
    this.argumentDefault = args.keywords.get('argument_default');
    const abbreviates = args.keywords.get('allow_abbrev');
    this.allowsAbbreviation = !(abbreviates?.kind === 'bool' && !abbreviates.value);
    for (const parent of parsersIn(args.keywords.get('parents'))) {
      for (const action of parent.actions) this.include({ ...action });
      for (const option of parent.more) this.more.push(option);
      for (const [key, value] of parent.defaults) this.defaults.set(key, value);
    }
  }

  /** Source: `add_argument` and `_get_optional_kwargs` in Python's argparse. */
  add({ positional, keywords, isPartial }: CallArguments, groupDefault?: PyValue): void {
    const flags = positional.map(textOf).filter((flag) => flag !== undefined);
    const kind = actionKind(keywords.get('action'));
    const dest = textOf(keywords.get('dest')) ?? destOf(flags);
    if (dest === undefined || kind === 'help' || kind === 'version') return;
    const options = flags.filter((flag) => flag.startsWith('-'));
    const given = keywords.get('default') ?? this.defaults.get(dest);
    const otherwise = isPartial ? unknown : (groupDefault ?? this.argumentDefault);
    const action: Action = {
      dest,
      flags: options,
      takes: takesOf(kind, keywords.get('nargs')),
      isRequired: truthOf(keywords.get('required') ?? none) === true,
      kind,
      type: isPartial ? (keywords.get('type') ?? unknown) : keywords.get('type'),
      constant: keywords.get('const'),
      default: given ?? otherwise ?? ownDefault(kind),
    };
    this.include(action);
    if (truthOf(keywords.get('is_config_file') ?? none) === true) this.configOptions.push(dest);
  }

  /** The same option can only be there twice if one of them is not reached. */
  private include(action: Action): void {
    const ids = action.flags.length > 0 ? action.flags : [action.dest];
    const twin = ids.map((id) => this.byFlag.get(id)).find((each) => each !== undefined);
    if (twin === undefined) this.actions.push(action);
    else if (!isSame(twin.default, action.default)) twin.default = unknown;
    for (const id of ids) this.byFlag.set(id, twin ?? action);
  }

  setDefaults(keywords: ReadonlyMap<string, PyValue>): void {
    for (const [dest, value] of keywords) {
      this.defaults.set(dest, value);
      for (const action of this.actions) if (action.dest === dest) action.default = value;
    }
  }

  getDefault(dest: string): PyValue {
    return (
      this.actions.find((action) => action.dest === dest)?.default ??
      this.defaults.get(dest) ??
      none
    );
  }

  useCommands(args: CallArguments): void {
    const dest = textOf(args.keywords.get('dest'));
    this.commandKey = dest === suppressed ? undefined : dest;
  }

  addCommand(names: readonly string[], parser: ArgumentParser): void {
    for (const name of names) this.commands.set(name, parser);
  }

  describe(work: DescribingWork): CommandSpec {
    const options: OptionSpec[] = [];
    const keys = new Set<string>();
    for (const action of this.actions) {
      // Of several options for one param the first gives its default.
      const isFirst = !keys.has(action.dest);
      keys.add(action.dest);
      options.push(this.toOption(action, isFirst));
    }
    for (const [dest, value] of this.defaults) {
      const text = strOf(value);
      if (keys.has(dest) || text === undefined) continue;
      options.push({ key: dest, flags: [], takes: 0, default: text });
    }
    const { commandKey } = this;
    if (commandKey !== undefined) {
      options.push({ key: commandKey, flags: [], takes: 0, default: 'None' });
    }
    return {
      options: [...options, ...this.more],
      commands: work.describeAll(this.commands),
      ...(commandKey === undefined ? {} : { commandKey }),
      allowsAbbreviation: this.allowsAbbreviation,
      ...(this.fixedArguments === undefined ? {} : { fixedArguments: this.fixedArguments }),
    };
  }

  private toOption(action: Action, isFirst: boolean): OptionSpec {
    const value = isFirst ? this.finalDefault(action) : undefined;
    const text = value === undefined ? undefined : strOf(value);
    const { dest, flags, kind, takes } = action;
    const isBoolean = kind === 'BooleanOptionalAction';
    const off = flags.flatMap((flag) => (flag.startsWith('--') ? [`--no-${flag.slice(2)}`] : []));
    const on = this.constantText(action);
    return {
      key: dest,
      flags,
      takes,
      ...(isBoolean ? { offFlags: off } : {}),
      ...(flags.length === 0 ? { position: 'only' } : {}),
      ...(text === undefined || text === suppressed ? {} : { default: text }),
      ...(on === undefined ? {} : { on }),
      ...(kind === 'count' ? { repeated: 'count' } : {}),
      ...(/^(?:append|extend|append_const)$/.test(kind) ? { repeated: 'append' } : {}),
    };
  }

  private constantText({ kind, constant }: Action): string | undefined {
    if (kind === 'store_true' || kind === 'BooleanOptionalAction') return 'True';
    if (kind === 'store_false') return 'False';
    return constant === undefined ? undefined : strOf(constant);
  }

  /** What stands in the result where nothing is given; a text is converted as if it had been given. */
  finalDefault({ default: value, type, flags, takes, isRequired }: Action): PyValue | undefined {
    const isPositional = flags.length === 0;
    if (isRequired || (isPositional && takes !== 'optional' && takes !== 'any')) return undefined;
    if (value === undefined || value.kind === 'none') {
      return isPositional && takes === 'any' ? pyList([]) : (value ?? none);
    }
    if (value.kind !== 'str' || type === undefined || value.value === suppressed) return value;
    return convertText(value.value, type, this.machine);
  }

  /** What the result holds of an argument, as far as the rest of the program is looked through. */
  valueOf(dest: string, given: string | undefined): PyValue {
    const action = this.actions.find((each) => each.dest === dest);
    if (action === undefined) return this.defaults.get(dest) ?? unknown;
    if (given === undefined) return this.finalDefault(action) ?? unknown;
    if (action.kind === 'store_true' || action.kind === 'store_false')
      return pyBool(given === 'True');
    if (action.takes !== 1 && action.takes !== 'optional') return unknown;
    return action.type === undefined ? pyStr(given) : convertText(given, action.type, this.machine);
  }
}

function parsersIn(parents: PyValue | undefined): ArgumentParser[] {
  const items = parents === undefined ? [] : (itemsOf(parents) ?? []);
  return items.flatMap((each) => parserOf(each) ?? []);
}

/** The parser that a value is, also as an instance of a class that inherits from it. */
export function parserOf(value: PyValue | undefined): ArgumentParser | undefined {
  if (value?.kind === 'instance') return parserOf(value.native);
  return value?.kind === 'object' && value.payload instanceof ArgumentParser
    ? value.payload
    : undefined;
}

function actionKind(action: PyValue | undefined): string {
  switch (action?.kind) {
    case undefined:
    case 'none':
      return 'store';
    case 'str':
      return action.value;
    case 'imported':
      return action.path.split('.').at(-1) ?? '';
    case 'class': {
      const base = baseNames(action).find((name) => name.includes('argparse.'));
      const own = /_Store(True|False)Action$/.exec(base ?? '');
      if (own !== null) return `store_${own[1]?.toLowerCase()}`;
      return base?.endsWith('BooleanOptionalAction') ? 'BooleanOptionalAction' : 'custom';
    }
    default:
      return 'custom';
  }
}

/** Source: `_get_optional_kwargs`: the first long option, else the first; dashes become underscores. */
function destOf(flags: readonly string[]): string | undefined {
  const first = flags.find((flag) => flag.startsWith('--')) ?? flags[0];
  if (first === undefined) return undefined;
  return first.startsWith('-') ? first.replace(/^-+/, '').replaceAll('-', '_') : first;
}

function takesOf(kind: string, count: PyValue | undefined): OptionSpec['takes'] {
  if (/^(?:store_(?:true|false|const)|append_const|count|BooleanOptionalAction)$/.test(kind))
    return 0;
  if (count?.kind === 'int') return count.value;
  switch (textOf(count)) {
    case '?':
      return 'optional';
    case '*':
    case '...':
      return 'any';
    case '+':
      return 'some';
    default:
      return 1;
  }
}

function ownDefault(kind: string): PyValue {
  if (kind === 'store_true') return pyBool(false);
  return kind === 'store_false' ? pyBool(true) : none;
}

function isSame(a: PyValue | undefined, b: PyValue | undefined): boolean {
  const [x, y] = [a, b].map((value) => (value === undefined ? undefined : reprOf(value)));
  return x !== undefined && x === y;
}

/** Functions for booleans are the commonest type that a script takes from elsewhere. */
const readsBoolean = /bool/i;

function convertText(text: string, type: PyValue, machine: Machine): PyValue {
  const result = callValue(
    type,
    { positional: [pyStr(text)], keywords: new Map(), isPartial: false },
    machine,
  );
  if (result.kind !== 'unknown') return result;
  const name = type.kind === 'imported' ? type.path : type.kind === 'function' ? type.name : '';
  if (!readsBoolean.test(name)) return unknown;
  if (/^(?:true|yes|y|t|1|on)$/i.test(text)) return pyBool(true);
  return /^(?:false|no|n|f|0|off)$/i.test(text) ? pyBool(false) : unknown;
}
