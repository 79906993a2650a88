import { isEnum, lineage } from '../../python/interpret/classes';
import { entriesOf } from '../../python/interpret/dict';
import type { Library, Machine } from '../../python/interpret/machine';
import { builtin, none, type PyFunction, type PyValue } from '../../python/interpret/value';
import { enumValue, strOf } from '../../python/interpret/valueText';
import type { CommandSpec, OptionSpec } from '../commandSpec';
import { argumentAt, type Findings, textOf } from '../findings';
import { parameterPlaces } from './fieldOptions';

const maxNesting = 3;

/** Python Fire: the parameters of functions and of classes are options, members are commands. */
export function createFire(findings: Findings): Library {
  return (path) => {
    if (path !== 'fire.Fire' && path !== 'fire.core.Fire') return undefined;
    return builtin(path, (args, machine) => {
      const component = argumentAt(args, 'component', 0);
      findings.read.add({
        describe: () =>
          component === undefined
            ? { options: [], commands: membersOf([...machine.module.names], machine, 0) }
            : describeComponent(component, machine, 0),
      });
      return none;
    });
  };
}

function describeComponent(value: PyValue, machine: Machine, nesting: number): CommandSpec {
  if (nesting > maxNesting) return { options: [] };
  switch (value.kind) {
    case 'function':
      return { options: functionOptions(value, machine) };
    case 'class': {
      const init = lineage(value)
        .map(({ attributes }) => attributes.get('__init__'))
        .find((each) => each?.kind === 'function');
      const methods = lineage(value)
        .toReversed()
        .flatMap(({ attributes }) => [...attributes]);
      return {
        options: init?.kind === 'function' ? functionOptions(init, machine).slice(1) : [],
        commands: membersOf(methods, machine, nesting, true),
      };
    }
    case 'instance':
      return { ...describeComponent(value.class, machine, nesting), options: [] };
    case 'dict': {
      const entries = entriesOf(value).flatMap(([key, each]) => {
        const name = textOf(key);
        return name === undefined ? [] : [[name, each] as const];
      });
      return { options: [], commands: membersOf(entries, machine, nesting) };
    }
    default:
      return { options: [] };
  }
}

function membersOf(
  entries: readonly (readonly [string, PyValue])[],
  machine: Machine,
  nesting: number,
  areMethods = false,
): ReadonlyMap<string, CommandSpec> {
  const commands = new Map<string, CommandSpec>();
  for (const [name, value] of entries) {
    if (name.startsWith('_') || (value.kind === 'class' && isEnum(value))) continue;
    if (!/^(?:function|class|instance|dict)$/.test(value.kind)) continue;
    const spec = describeComponent(value, machine, nesting + 1);
    const isBound = areMethods && value.kind === 'function' && value.binding !== 'static';
    const options = isBound ? spec.options.slice(1) : spec.options;
    commands.set(name, { ...spec, options });
    // Fire takes dashes for underscores.
    commands.set(name.replaceAll('_', '-'), { ...spec, options });
  }
  return commands;
}

function functionOptions(called: PyFunction, machine: Machine): OptionSpec[] {
  return parameterPlaces(called, machine).map(({ name, value }) => {
    const text = value === undefined ? undefined : strOf(enumValue(value) ?? value);
    const isBoolean = value?.kind === 'bool';
    const names = [...new Set([name, name.replaceAll('_', '-')])];
    return {
      key: name,
      flags: names.flatMap((each) => [`--${each}`, `-${each}`]),
      offFlags: names.flatMap((each) => [`--no${each}`]),
      on: 'True',
      position: 'also',
      takes: isBoolean ? 'optional' : 1,
      ...(text === undefined ? {} : { default: text }),
    };
  });
}
