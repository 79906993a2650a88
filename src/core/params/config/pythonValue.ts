import { type ConfigRecord, recordOf } from '../../python/interpret/configRecord';
import { fieldsOf, holdsFields } from '../../python/interpret/dataclasses';
import { entriesOf } from '../../python/interpret/dict';
import type { Machine } from '../../python/interpret/machine';
import type { PyValue } from '../../python/interpret/value';
import { enumValue, strOf } from '../../python/interpret/valueText';
import { readType } from '../types';
import { type ConfigMap, type ConfigValue, emptyMap } from './configValue';

const maxDepth = 12;

/**
 * A value of a Python program as a configuration: dicts and objects with fields are maps. What is not
 * known is left out.
 */
export function toConfig(value: PyValue, machine: Machine, depth = 0): ConfigValue | undefined {
  if (depth > maxDepth) return undefined;
  switch (value.kind) {
    case 'dict':
      return mapOf(
        entriesOf(value).map(([key, each]) => [strOf(key), toConfig(each, machine, depth + 1)]),
      );
    case 'list':
    case 'tuple': {
      if (value.isUncertain) return undefined;
      const items = value.items.map((each) => toConfig(each, machine, depth + 1));
      const known = items.filter((each) => each !== undefined);
      return known.length === items.length ? { kind: 'list', items: known } : undefined;
    }
    case 'instance': {
      const member = enumValue(value);
      if (member !== undefined) return toConfig(member, machine, depth + 1);
      return mapOf(
        [...value.attributes].map(([key, each]) => [key, toConfig(each, machine, depth + 1)]),
      );
    }
    case 'object': {
      const record = recordOf(value);
      return record && recordConfig(record, machine, depth);
    }
    case 'class':
      return holdsFields(value) ? classFields(value, machine, depth) : undefined;
    default: {
      const text = strOf(value);
      if (text === undefined) return undefined;
      return { kind: 'scalar', text, isText: value.kind === 'str' };
    }
  }
}

export function recordConfig({ names }: ConfigRecord, machine: Machine, depth = 0): ConfigMap {
  return mapOf([...names].map(([key, each]) => [key, toConfig(each, machine, depth + 1)]));
}

function mapOf(
  entries: readonly (readonly [string | undefined, ConfigValue | undefined])[],
): ConfigMap {
  const map = emptyMap();
  for (const [key, each] of entries) {
    if (key !== undefined && each !== undefined) map.entries.set(key, each);
  }
  return map;
}

/** The defaults of a class; a field of another such class holds that one's. */
function classFields(
  value: PyValue & { kind: 'class' },
  machine: Machine,
  depth: number,
): ConfigMap {
  return mapOf(
    fieldsOf(value, machine).map(({ name, type, default: given }) => {
      if (given !== undefined) return [name, toConfig(given, machine, depth + 1)];
      const inner = readType(type);
      return [
        name,
        inner.kind === 'fields' && inner.class !== undefined
          ? toConfig(inner.class, machine, depth + 1)
          : undefined,
      ];
    }),
  );
}

/** Marks every value of a configuration as the program's own default; one that must be given goes. */
export function asDefaults(config: ConfigMap): ConfigMap {
  const map = emptyMap();
  for (const [key, value] of config.entries) {
    if (value.kind === 'map') map.entries.set(key, asDefaults(value));
    else if (value.kind === 'list') map.entries.set(key, value);
    else if (value.text !== '???') map.entries.set(key, { ...value, isDefault: true });
  }
  return map;
}
