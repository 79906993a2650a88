import { pythonFunction } from '../../python/interpret/builtins';
import { callValue, itemsOf } from '../../python/interpret/callValue';
import type { Library, Machine } from '../../python/interpret/machine';
import {
  builtin,
  type CallArguments,
  noArguments,
  none,
  type PyBuiltin,
  type PyFunction,
  type PyObject,
  type PyValue,
  pyBool,
  pyInt,
  pyTuple,
  truthOf,
  unknown,
} from '../../python/interpret/value';
import { enumValue, strOf } from '../../python/interpret/valueText';
import type { CommandSpec, OptionSpec } from '../commandSpec';
import { type Described, type DescribingWork, type Findings, textOf } from '../findings';

/** What `@click.option` and `@click.argument` note on a function. */
class ClickOption {
  constructor(readonly option: OptionSpec) {}
}

class ClickCommand implements Described {
  readonly commands = new Map<string, ClickCommand>();
  constructor(
    readonly name: string,
    private readonly options: readonly OptionSpec[],
  ) {}

  describe(work: DescribingWork): CommandSpec {
    return {
      options: this.options,
      commands: work.describeAll(this.commands),
    };
  }
}

/** click's decorators; also those of packages that are used in its place. */
export function createClick(findings: Findings): Library {
  return (path) => {
    const name = /^(?:click|rich_click|asyncclick|cloup)\.(?:decorators\.|core\.)?(\w+)$/.exec(
      path,
    )?.[1];
    switch (name) {
      case 'option':
      case 'argument':
        return builtin(path, (args, machine) => noting(name, args, machine));
      case 'command':
      case 'group':
        return builtin(path, (args) => commandMaker(args, name, undefined, findings));
      // Its conversion is that of the plain type.
      case 'FloatRange':
      case 'IntRange': {
        const plain = pythonFunction(name === 'IntRange' ? 'int' : 'float');
        return builtin(path, () => plain);
      }
      case 'INT':
        return pythonFunction('int');
      case 'FLOAT':
        return pythonFunction('float');
      default:
        return undefined;
    }
  };
}

function noting(kind: 'option' | 'argument', args: CallArguments, machine: Machine): PyBuiltin {
  return builtin(kind, ({ positional: [target] }) => {
    const option = kind === 'option' ? readOption(args, machine) : readArgument(args, machine);
    if (option !== undefined && target?.kind === 'function') {
      target.notes.push(new ClickOption(option));
    }
    return target ?? unknown;
  });
}

/** Source: `Option._parse_decls` in click: a plain name, else the one with the longest dashes. */
function readOption(args: CallArguments, machine: Machine): OptionSpec | undefined {
  const { keywords } = args;
  const declared = args.positional.map(textOf).filter((text) => text !== undefined);
  const names = declared.filter((text) => !text.startsWith('-'));
  const flags: string[] = [];
  const offFlags: string[] = [];
  for (const text of declared.filter((each) => each.startsWith('-'))) {
    const [on = '', off] = text.split(/\s*\/\s*(?=-)/);
    flags.push(on.trim());
    if (off !== undefined) offFlags.push(off.trim());
  }
  const [longest] = flags.toSorted((a, b) => dashesOf(b) - dashesOf(a));
  const key = names[0] ?? longest?.replace(/^-+/, '').replaceAll('-', '_').toLowerCase();
  if (key === undefined) return undefined;
  const isCount = truthOf(keywords.get('count') ?? none) === true;
  const isFlag =
    offFlags.length > 0 ||
    truthOf(keywords.get('is_flag') ?? none) === true ||
    keywords.has('flag_value');
  const isMultiple = truthOf(keywords.get('multiple') ?? none) === true;
  const isRequired = truthOf(keywords.get('required') ?? none) === true;
  const count = keywords.get('nargs');
  const value = isRequired
    ? undefined
    : optionDefault(args, { isFlag, isCount, isMultiple }, machine);
  const text = value === undefined ? undefined : strOf(enumValue(value) ?? value);
  const flagValue = keywords.get('flag_value');
  return {
    key,
    flags,
    ...(offFlags.length > 0 ? { offFlags } : {}),
    takes: isFlag || isCount ? 0 : count?.kind === 'int' ? count.value : 1,
    ...(isFlag ? { on: (flagValue === undefined ? undefined : strOf(flagValue)) ?? 'True' } : {}),
    ...(isCount ? { repeated: 'count' } : isMultiple ? { repeated: 'append' } : {}),
    ...(text === undefined ? {} : { default: text }),
  };
}

function dashesOf(flag: string): number {
  return /^-*/.exec(flag)?.[0].length ?? 0;
}

interface Shape {
  readonly isFlag: boolean;
  readonly isCount: boolean;
  readonly isMultiple: boolean;
}

function optionDefault(
  { keywords, isPartial }: CallArguments,
  { isFlag, isCount, isMultiple }: Shape,
  machine: Machine,
): PyValue {
  let value = keywords.get('default');
  if (value === undefined && isPartial) return unknown;
  if (value?.kind === 'function') value = callValue(value, noArguments, machine);
  if (isFlag) return flagDefault(value, keywords.get('flag_value'));
  if (isCount) return value ?? pyInt(0);
  const count = keywords.get('nargs');
  const isSeveral = isMultiple || (count?.kind === 'int' && count.value !== 1);
  if (value === undefined || value.kind === 'none') return isMultiple ? pyTuple([]) : none;
  const type = keywords.get('type');
  if (!isSeveral) return convert(value, type, machine);
  const items = itemsOf(value);
  if (items === undefined) return unknown;
  return pyTuple(items.map((item) => convert(item, type, machine)));
}

function flagDefault(value: PyValue | undefined, flagValue: PyValue | undefined): PyValue {
  if (flagValue === undefined) return value ?? pyBool(false);
  return value?.kind === 'bool' ? (value.value ? flagValue : none) : (value ?? none);
}

function convert(value: PyValue, type: PyValue | undefined, machine: Machine): PyValue {
  if (value.kind === 'none' || (type?.kind !== 'builtin' && type?.kind !== 'function'))
    return value;
  return callValue(type, { positional: [value], keywords: new Map(), isPartial: false }, machine);
}

function readArgument(args: CallArguments, machine: Machine): OptionSpec | undefined {
  const { keywords } = args;
  const key = textOf(args.positional[0])?.replaceAll('-', '_').toLowerCase();
  if (key === undefined) return undefined;
  const count = keywords.get('nargs');
  const isMany = count?.kind === 'int' && count.value === -1;
  const hasDefault = keywords.has('default') || isMany;
  const isOptional = hasDefault || truthOf(keywords.get('required') ?? pyBool(true)) === false;
  const shape = { isFlag: false, isCount: false, isMultiple: isMany };
  const text = isOptional ? strOf(optionDefault(args, shape, machine)) : undefined;
  return {
    key,
    flags: [],
    position: 'only',
    takes: isMany ? 'any' : count?.kind === 'int' ? count.value : isOptional ? 'optional' : 1,
    ...(text === undefined ? {} : { default: text }),
  };
}

/** `@click.command`, `@group.command()` and so on: with or without arguments of their own. */
function commandMaker(
  args: CallArguments,
  kind: 'command' | 'group',
  parent: ClickCommand | undefined,
  findings: Findings,
): PyValue {
  const [first] = args.positional;
  const make = (made: PyFunction, name: string | undefined): PyObject => {
    const options = made.notes.flatMap((note) =>
      note instanceof ClickOption ? [note.option] : [],
    );
    // Decorators are applied from the last to the first.
    const command = new ClickCommand(
      name ?? made.name.toLowerCase().replaceAll('_', '-'),
      options.toReversed(),
    );
    if (parent === undefined) findings.made.add(command);
    else addCommand(parent, command, command.name);
    return commandObject(command, findings);
  };
  if (first?.kind === 'function') return make(first, undefined);
  const name = textOf(first) ?? textOf(args.keywords.get('name'));
  return builtin(kind, ({ positional: [made] }) =>
    made?.kind === 'function' ? make(made, name) : (made ?? unknown),
  );
}

/** click 8.2 leaves the ending of `train_command` out; both names are taken. */
function addCommand(parent: ClickCommand, command: ClickCommand, name: string): void {
  parent.commands.set(name, command);
  const short = name.replace(/[-_](?:command|cmd|group|grp)$/, '');
  if (!parent.commands.has(short)) parent.commands.set(short, command);
}

function commandObject(command: ClickCommand, findings: Findings): PyObject {
  return {
    kind: 'object',
    payload: command,
    attribute(name) {
      switch (name) {
        case '__call__':
        case 'main':
          return builtin(name, () => {
            findings.read.add(command);
            return unknown;
          });
        case 'command':
        case 'group':
          return builtin(name, (args) => commandMaker(args, name, command, findings));
        case 'add_command':
          return builtin(name, ({ positional: [added, given], keywords }) => {
            const each = added?.kind === 'object' ? added.payload : undefined;
            if (each instanceof ClickCommand) {
              findings.made.delete(each);
              addCommand(command, each, textOf(given ?? keywords.get('name')) ?? each.name);
            }
            return none;
          });
        default:
          return unknown;
      }
    },
  };
}
