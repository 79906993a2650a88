import type { Library, Machine } from '../../python/interpret/machine';
import {
  builtin,
  type CallArguments,
  none,
  type PyFunction,
  type PyObject,
  type PyValue,
  unknown,
} from '../../python/interpret/value';
import { enumValue, strOf } from '../../python/interpret/valueText';
import type { CommandSpec, OptionSpec } from '../commandSpec';
import { type Described, type DescribingWork, type Findings, textOf } from '../findings';
import { convertDefault, readType } from '../types';
import { parameterPlaces } from './fieldOptions';

/** What `typer.Option(…)` or `typer.Argument(…)` says of a parameter. */
class TyperParameter {
  constructor(
    readonly kind: 'Option' | 'Argument',
    readonly args: CallArguments,
  ) {}
}

class TyperApp implements Described {
  readonly commands = new Map<string, Described>();
  callback: Described | undefined;

  describe(work: DescribingWork): CommandSpec {
    const commands = work.describeAll(this.commands);
    const [only] = commands.values();
    // A single command needs no name, unless a callback makes a group of it.
    if (only !== undefined && commands.size === 1 && this.callback === undefined) return only;
    return {
      options: this.callback === undefined ? [] : work.describe(this.callback).options,
      commands,
    };
  }
}

/** typer: options are the parameters of functions. */
export function createTyper(findings: Findings): Library {
  return (path) => {
    switch (path) {
      case 'typer.Option':
      case 'typer.Argument': {
        const kind = path === 'typer.Option' ? 'Option' : 'Argument';
        return builtin(path, (args) => ({
          kind: 'object',
          payload: new TyperParameter(kind, args),
          attribute: () => unknown,
        }));
      }
      case 'typer.run':
        return builtin(path, ({ positional: [called] }, machine) => {
          if (called?.kind === 'function') findings.read.add(functionCommand(called, machine));
          return none;
        });
      case 'typer.Typer':
        return builtin(path, () => {
          const app = new TyperApp();
          findings.made.add(app);
          return appObject(app, findings);
        });
      default:
        return undefined;
    }
  };
}

function functionCommand(called: PyFunction, machine: Machine): Described {
  return { describe: () => ({ options: functionOptions(called, machine) }) };
}

function appObject(app: TyperApp, findings: Findings): PyObject {
  return {
    kind: 'object',
    payload: app,
    attribute(name) {
      switch (name) {
        case '__call__':
          return builtin(name, () => {
            findings.read.add(app);
            return unknown;
          });
        case 'command':
          return builtin(name, ({ positional: [first], keywords }) =>
            builtin(name, ({ positional: [called] }, machine) => {
              if (called?.kind !== 'function') return called ?? unknown;
              const given = textOf(first) ?? textOf(keywords.get('name'));
              const command = given ?? called.name.toLowerCase().replaceAll('_', '-');
              app.commands.set(command, functionCommand(called, machine));
              return called;
            }),
          );
        case 'callback':
          return builtin(name, () =>
            builtin(name, ({ positional: [called] }, machine) => {
              if (called?.kind === 'function') app.callback = functionCommand(called, machine);
              return called ?? unknown;
            }),
          );
        case 'add_typer':
          return builtin(name, ({ positional: [added], keywords }) => {
            const inner = added?.kind === 'object' ? added.payload : undefined;
            const given = textOf(keywords.get('name'));
            if (inner instanceof TyperApp && given !== undefined) {
              findings.made.delete(inner);
              app.commands.set(given, inner);
            }
            return none;
          });
        default:
          return unknown;
      }
    },
  };
}

/** Source: `get_params_from_function` in typer. */
function functionOptions(called: PyFunction, machine: Machine): OptionSpec[] {
  return parameterPlaces(called, machine).flatMap(({ name, type: annotation, value }) => {
    if (annotation.kind === 'imported' && /(?:^|\.)Context$/.test(annotation.path)) return [];
    const type = readType(annotation);
    const noted = type.notes.map(parameterOf).find((each) => each !== undefined);
    const inDefault = noted === undefined && value !== undefined ? parameterOf(value) : undefined;
    const parameter = noted ?? inDefault;
    const [first, ...others] = parameter?.args.positional ?? [];
    const given =
      inDefault === undefined ? value : (first ?? parameter?.args.keywords.get('default'));
    const declared = (noted === undefined ? others : [first, ...others])
      .map(textOf)
      .filter((text) => text !== undefined);
    // `...` and nothing at all both say that it must be given.
    const isRequired = given === undefined || given.kind === 'unknown';
    const isArgument =
      parameter === undefined ? given === undefined : parameter.kind === 'Argument';
    const converted = isRequired ? undefined : convertDefault(given, type, machine);
    const text = converted === undefined ? undefined : strOf(enumValue(converted) ?? converted);
    const known = text === undefined ? {} : { default: text };
    if (isArgument) {
      const takes = type.kind === 'list' ? 'any' : isRequired ? 1 : 'optional';
      return [{ key: name, flags: [], position: 'only', takes, ...known } satisfies OptionSpec];
    }
    return [toOption(name, declared, type.kind === 'bool', type.kind === 'list', known)];
  });
}

function parameterOf(value: PyValue): TyperParameter | undefined {
  return value.kind === 'object' && value.payload instanceof TyperParameter
    ? value.payload
    : undefined;
}

function toOption(
  key: string,
  declared: readonly string[],
  isBoolean: boolean,
  isList: boolean,
  known: { readonly default?: string },
): OptionSpec {
  const dashed = `--${key.replaceAll('_', '-').toLowerCase()}`;
  const pairs = declared.filter((text) => text.startsWith('-')).map((text) => text.split('/'));
  const flags = pairs.length === 0 ? [dashed] : pairs.map(([on = '']) => on.trim());
  const off =
    pairs.length === 0 ? [`--no-${dashed.slice(2)}`] : pairs.flatMap(([, no]) => no ?? []);
  return {
    key,
    flags: flags.filter((flag) => flag !== ''),
    ...(isBoolean ? { offFlags: off.map((flag) => flag.trim()), on: 'True' } : {}),
    takes: isBoolean ? 0 : 1,
    ...(isList ? { repeated: 'append' } : {}),
    ...known,
  };
}
