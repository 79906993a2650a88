import type { Library, Machine } from '../../python/interpret/machine';
import {
  builtin,
  type CallArguments,
  type PyObject,
  type PyValue,
  unknown,
} from '../../python/interpret/value';
import type { CommandSpec } from '../commandSpec';
import { argumentAt, type Findings } from '../findings';
import { describeFields, type FieldStyle } from './fieldOptions';

/** Calls that read the command line into a class, or into the parameters of a function. */
const readers: readonly (readonly [RegExp, FieldStyle])[] = [
  [/^tyro\.cli$/, 'dotted'],
  [/^(?:draccus|pyrallis)\.(?:parse|argparsing\.parse)$/, 'dotted'],
  [/^jsonargparse\.(?:CLI|auto_cli)$/, 'dotted'],
  [/^pydantic_settings\.CliApp\.run$/, 'dotted'],
  [/^simple_parsing\.(?:parse|parse_known_args)$/, 'flat'],
];

/** Decorators that read it into the first parameter of a function. */
const wrappers = /^(?:draccus|pyrallis)\.(?:wrap|argparsing\.wrap)$/;

/** Classes that read it into the fields of what inherits from them. */
const bases = /^(?:tap|pydantic|pydantic_settings)\.(?:Tap|BaseSettings)$/;

const lightning = /^(?:lightning\.pytorch|pytorch_lightning)\.(?:utilities\.)?cli\.LightningCLI$/;

/** The libraries that make options of a class with fields. */
export function createClassReaders(findings: Findings): Library {
  const read = (value: PyValue, style: FieldStyle, machine: Machine): void => {
    findings.read.add({ describe: () => ({ options: describeFields(value, style, machine) }) });
  };
  return (path) => {
    const style = readers.find(([pattern]) => pattern.test(path))?.[1];
    if (style !== undefined) {
      return builtin(path, (args, machine) => {
        const target = targetOf(args);
        if (target !== undefined) read(target, style, machine);
        return unknown;
      });
    }
    if (wrappers.test(path)) {
      return builtin(path, () =>
        builtin(path, ({ positional: [called] }, machine) => {
          if (called?.kind === 'function') {
            findings.read.add({
              // The parameter itself is no part of the names.
              describe: () => ({
                options: describeFields(called, 'dotted', machine).map((option) => ({
                  ...option,
                  key: option.key.replace(/^\w+\./, ''),
                  flags: option.flags.map((flag) => flag.replace(/^--[\w-]+\./, '--')),
                })),
              }),
            });
          }
          return unknown;
        }),
      );
    }
    if (lightning.test(path)) {
      return builtin(path, (args, machine) => {
        findings.read.add({ describe: () => lightningCommand(args, machine) });
        return unknown;
      });
    }
    if (!bases.test(path)) return undefined;
    return builtin(path, ({ instance }, machine) => {
      if (instance === undefined) return unknown;
      if (path !== 'tap.Tap') {
        read(instance, 'dotted', machine);
        return unknown;
      }
      return tapObject(() => read(instance, 'flat', machine), instance);
    });
  };
}

/** Source: `LightningCLI`: the parameters of both classes, behind the name of the command or without. */
function lightningCommand(args: CallArguments, machine: Machine): CommandSpec {
  const parts = [
    ['model', argumentAt(args, 'model_class', 0)],
    ['data', argumentAt(args, 'datamodule_class', 1)],
  ] as const;
  const options = parts.flatMap(([prefix, value]) =>
    value === undefined ? [] : describeFields(value, 'dotted', machine, prefix),
  );
  const commands = ['fit', 'validate', 'test', 'predict'].map(
    (name) => [name, { options }] as const,
  );
  return { options: [], commands: new Map(commands), defaultCommand: { options } };
}

/** `tyro.cli(Config, default=Config(lr=1))` starts from that instance. */
function targetOf(args: CallArguments): PyValue | undefined {
  const given = args.keywords.get('default');
  if (given?.kind === 'instance') return given;
  return argumentAt(args, 'config_class', 0) ?? args.keywords.get('components');
}

function tapObject(read: () => void, instance: PyValue): PyObject {
  return {
    kind: 'object',
    payload: { tap: true },
    attribute: (name) =>
      name !== 'parse_args'
        ? unknown
        : builtin(name, () => {
            read();
            return instance;
          }),
  };
}
