import { itemsOf } from '../../python/interpret/callValue';
import { classAttribute } from '../../python/interpret/classes';
import { fieldsOf } from '../../python/interpret/dataclasses';
import { entriesOf } from '../../python/interpret/dict';
import type { Library, Machine } from '../../python/interpret/machine';
import {
  builtin,
  none,
  type PyClass,
  type PyValue,
  pyStr,
  unknown,
} from '../../python/interpret/value';
import { strOf } from '../../python/interpret/valueText';
import type { CommandSpec, OptionSpec } from '../commandSpec';
import { argumentAt, type Findings, textOf } from '../findings';
import { describeFields } from './fieldOptions';

interface StoredConfig {
  readonly group: string;
  readonly name: string;
  readonly node: PyValue;
  readonly package: string | undefined;
}

/** Hydra: which configuration file a program names, and the structured ones that it stores itself. */
export function createHydra(findings: Findings): Library {
  const stored: StoredConfig[] = [];
  return (path) => {
    if (path === 'omegaconf.MISSING') return pyStr('???');
    if (path === 'hydra.main') {
      return builtin(path, (args, machine) => {
        const folder = textOf(argumentAt(args, 'config_path', 0));
        const name = textOf(argumentAt(args, 'config_name', 1));
        if (name === undefined) return unknown;
        findings.read.add({
          describe() {
            const node = stored.find((each) => each.group === '' && each.name === name)?.node;
            return node === undefined
              ? { options: [] }
              : composed(node, stored, findings.args, machine);
          },
        });
        findings.configs.push({ kind: 'hydra', name, ...(folder === undefined ? {} : { folder }) });
        return unknown;
      });
    }
    if (!/^hydra\.core\.config_store\.ConfigStore(?:\.instance)?$/.test(path)) return undefined;
    if (!path.endsWith('.instance')) {
      return {
        kind: 'object',
        payload: { configStore: true },
        attribute: (name) => (name === 'instance' ? storeMaker(stored) : unknown),
      };
    }
    return storeMaker(stored);
  };
}

function storeMaker(stored: StoredConfig[]): PyValue {
  const store = builtin('store', (args) => {
    const name = textOf(argumentAt(args, 'name', 0));
    const node = argumentAt(args, 'node', 1);
    if (name === undefined || node === undefined) return none;
    stored.push({
      group: textOf(argumentAt(args, 'group', 2)) ?? '',
      name: name.replace(/\.yaml$/, ''),
      node,
      package: textOf(argumentAt(args, 'package', 3)),
    });
    return none;
  });
  return builtin('instance', () => ({
    kind: 'object',
    payload: { configStore: true },
    attribute: (name) => (name === 'store' ? store : unknown),
  }));
}

/** The options of a stored config, with those of the groups that its defaults list names. */
function composed(
  node: PyValue,
  stored: readonly StoredConfig[],
  args: readonly string[],
  machine: Machine,
): CommandSpec {
  const choices = new Map([...defaultsList(node, machine), ...chosenGroups(args, stored)]);
  const options = new Map<string, OptionSpec>();
  const add = (value: PyValue, prefix: string): void => {
    for (const option of describeNode(value, prefix, machine)) options.set(option.key, option);
  };
  add(node, '');
  for (const [group, name] of choices) {
    const choice = stored.find((each) => each.group === group && each.name === name);
    if (choice === undefined) continue;
    const place = choice.package ?? group.replaceAll('/', '.');
    add(choice.node, place === '_global_' ? '' : place);
  }
  // Overrides are `a.b=c`, which no flag is.
  return { options: [...options.values()].map((option) => ({ ...option, flags: [], takes: 0 })) };
}

function describeNode(value: PyValue, prefix: string, machine: Machine): OptionSpec[] {
  if (value.kind === 'dict') {
    return entriesOf(value).flatMap(([key, each]) => {
      const name = [prefix, strOf(key) ?? ''].filter(Boolean).join('.');
      if (each.kind === 'dict') return describeNode(each, name, machine);
      const text = strOf(each);
      return text === undefined || text === '???'
        ? []
        : [{ key: name, flags: [], takes: 0, default: text }];
    });
  }
  return describeFields(value, 'dotted', machine, prefix).filter(({ key }) => key !== 'defaults');
}

function defaultsList(node: PyValue, machine: Machine): (readonly [string, string])[] {
  const list = defaultsOf(node, machine);
  return (list === undefined ? [] : (itemsOf(list) ?? [])).flatMap((entry) => {
    if (entry.kind !== 'dict') return [];
    return entriesOf(entry).flatMap(([key, value]) => {
      const [group, name] = [textOf(key)?.replace(/^override\s+/, ''), textOf(value)];
      return group === undefined || name === undefined ? [] : [[group, name] as const];
    });
  });
}

function defaultsOf(node: PyValue, machine: Machine): PyValue | undefined {
  if (node.kind === 'instance') return node.attributes.get('defaults');
  if (node.kind !== 'class' || classAttribute(node, 'defaults') === undefined) return undefined;
  return fieldValue(node, 'defaults', machine);
}

function fieldValue(node: PyClass, name: string, machine: Machine): PyValue | undefined {
  return fieldsOf(node, machine).find((field) => field.name === name)?.default;
}

/** `db=postgresql` where `db` is a group. */
function chosenGroups(
  args: readonly string[],
  stored: readonly StoredConfig[],
): (readonly [string, string])[] {
  const groups = new Set(stored.map(({ group }) => group).filter((group) => group !== ''));
  return args.flatMap((arg) => {
    const [, group, name] = /^\+{0,2}([\w/]+)=([\w-]+)$/.exec(arg) ?? [];
    return group !== undefined && name !== undefined && groups.has(group)
      ? [[group, name] as const]
      : [];
  });
}
