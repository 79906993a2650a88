import { pythonFunction } from '../../python/interpret/builtins';
import { callValue, itemsOf } from '../../python/interpret/callValue';
import type { Library, Machine } from '../../python/interpret/machine';
import {
  builtin,
  type CallArguments,
  none,
  type PyObject,
  type PyValue,
  pyBool,
  pyList,
  pyStr,
  unknown,
} from '../../python/interpret/value';
import { strOf } from '../../python/interpret/valueText';
import type { CommandSpec, OptionSpec } from '../commandSpec';
import { argumentAt, type Described, type Findings, pathTextOf, textOf } from '../findings';

const flagsModule =
  /^(?:(?:absl|tensorflow(?:\.compat\.v1)?(?:\.app)?|tensorflow\.python\.platform)\.flags|gflags|ml_collections\.config_flags(?:\.config_flags)?)\.(\w+)$/;

interface Flag {
  readonly option: Omit<OptionSpec, 'default'>;
  value: PyValue;
}

class Flags implements Described {
  readonly flags = new Map<string, Flag>();

  describe(): CommandSpec {
    const options = [...this.flags.values()].map(({ option, value }): OptionSpec => {
      const text = strOf(value);
      return text === undefined ? option : { ...option, default: text };
    });
    return { options };
  }
}

/** absl's flags, and TensorFlow's of old: defined once for the whole program. */
export function createAbsl(findings: Findings): Library {
  const all = new Flags();
  return (path) => {
    const name = flagsModule.exec(path)?.[1];
    if (name === undefined) return undefined;
    if (name === 'FLAGS') return flagsObject(all);
    if (name === 'DEFINE_config_file') {
      return builtin(path, (args) => {
        const flag = textOf(argumentAt(args, 'name', 0));
        const file = givenFor(flag, findings.args) ?? pathTextOf(argumentAt(args, 'default', 1));
        const [, python, argument] = /^(.*?\.py)(?::(.*))?$/s.exec(file ?? '') ?? [];
        if (python !== undefined && flag !== undefined) {
          const asked = argument === undefined ? {} : { argument };
          findings.configs.push({ kind: 'file', path: python, prefix: flag, ...asked });
        }
        return unknown;
      });
    }
    const type = /^DEFINE_(\w+)$/.exec(name)?.[1];
    if (type === undefined) return undefined;
    return builtin(path, (args, machine) => {
      const flag = readFlag(type, args, machine);
      if (flag === undefined) return unknown;
      findings.read.add(all);
      all.flags.set(flag.option.key, flag);
      return { kind: 'object', payload: flag, attribute: (asked) => holderAttribute(flag, asked) };
    });
  };
}

function givenFor(flag: string | undefined, args: readonly string[]): string | undefined {
  const at = args.findLastIndex(
    (arg) => /^--?/.test(arg) && arg.replace(/^--?|=.*$/gs, '') === flag,
  );
  if (at === -1) return undefined;
  return /=(.*)$/s.exec(args[at] ?? '')?.[1] ?? args[at + 1];
}

/** What `DEFINE_…` gives: its value, for newer code. */
function holderAttribute(flag: Flag, name: string): PyValue {
  return name === 'value' || name === 'default' ? flag.value : unknown;
}

function flagsObject(all: Flags): PyObject {
  return {
    kind: 'object',
    payload: all,
    attribute(name) {
      if (name === 'set_default') {
        return builtin(name, ({ positional: [key, value] }) => {
          const flag = all.flags.get(textOf(key) ?? '');
          if (flag !== undefined) flag.value = value ?? unknown;
          return none;
        });
      }
      return all.flags.get(name)?.value ?? unknown;
    },
  };
}

function readFlag(type: string, args: CallArguments, machine: Machine): Flag | undefined {
  const key = textOf(argumentAt(args, 'name', 0));
  if (key === undefined) return undefined;
  const short = textOf(args.keywords.get('short_name'));
  const names = [key, ...(short === undefined ? [] : [short])];
  const isBoolean = /^bool(?:ean)?$/.test(type);
  const isMultiple = type.startsWith('multi_');
  const given = argumentAt(args, 'default', 1) ?? unknown;
  return {
    option: {
      key,
      // One dash does as well as two.
      flags: names.flatMap((name) => [`--${name}`, `-${name}`]),
      ...(isBoolean ? { offFlags: names.map((name) => `--no${name}`), on: 'True' } : {}),
      takes: isBoolean ? 0 : 1,
      ...(isMultiple ? { repeated: 'append' } : {}),
    },
    value: given.kind === 'none' ? given : convertFlag(type, given, machine),
  };
}

/** Source: the parsers of `absl.flags._argument_parser`. */
function convertFlag(type: string, value: PyValue, machine: Machine): PyValue {
  const apply = (name: string, to: PyValue): PyValue =>
    callValue(
      pythonFunction(name),
      { positional: [to], keywords: new Map(), isPartial: false },
      machine,
    );
  switch (type) {
    case 'float':
      return apply('float', value);
    case 'integer':
      return apply('int', value);
    case 'bool':
    case 'boolean': {
      const text = strOf(value)?.toLowerCase();
      if (/^(?:true|t|1)$/.test(text ?? '')) return pyBool(true);
      return /^(?:false|f|0)$/.test(text ?? '') ? pyBool(false) : unknown;
    }
    case 'list':
      if (value.kind !== 'str') return value;
      return pyList(
        value.value === '' ? [] : value.value.split(',').map((part) => pyStr(part.trim())),
      );
    case 'spaceseplist':
      return value.kind === 'str'
        ? pyList(value.value.split(/\s+/).filter(Boolean).map(pyStr))
        : value;
    case 'enum_class':
      return value.kind === 'instance' ? (value.attributes.get('_name_') ?? unknown) : value;
    default: {
      const item = /^multi_(\w+)$/.exec(type)?.[1];
      if (item === undefined) return value;
      const items = value.kind === 'str' ? [value] : (itemsOf(value) ?? [value]);
      return pyList(items.map((each) => convertFlag(item, each, machine)));
    }
  }
}
