import type { ConfigMap, ConfigValue } from './configValue';

/** Marks a map that takes the place of its base's, in MMEngine's files. */
const replaces = '_delete_';

/** Puts one configuration over another: maps are joined, all else is replaced. Changes neither. */
export function mergeConfig(base: ConfigMap, over: ConfigMap): ConfigMap {
  const entries = new Map(base.entries);
  for (const [key, value] of over.entries) {
    const before = entries.get(key);
    entries.set(key, before?.kind === 'map' && value.kind === 'map' ? join(before, value) : value);
  }
  return { kind: 'map', entries };
}

function join(base: ConfigMap, over: ConfigMap): ConfigMap {
  const mark = over.entries.get(replaces);
  if (mark?.kind !== 'scalar' || !/^true$/i.test(mark.text)) return mergeConfig(base, over);
  return { kind: 'map', entries: new Map([...over.entries].filter(([key]) => key !== replaces)) };
}

/** The value at a path such as `a.b.c`. */
export function valueAt(config: ConfigValue, path: string): ConfigValue | undefined {
  let at: ConfigValue | undefined = config;
  for (const name of path.split('.')) at = at?.kind === 'map' ? at.entries.get(name) : undefined;
  return at;
}

/** The same with a value at a path; maps on the way are made where there are none. */
export function withValue(config: ConfigMap, path: string, value: ConfigValue): ConfigMap {
  const [name = '', ...rest] = path.split('.');
  const entries = new Map(config.entries);
  const before = entries.get(name);
  const inner = before?.kind === 'map' ? before : { kind: 'map' as const, entries: new Map() };
  entries.set(name, rest.length === 0 ? value : withValue(inner, rest.join('.'), value));
  return { kind: 'map', entries };
}

export function withoutValue(config: ConfigMap, path: string): ConfigMap {
  const [name = '', ...rest] = path.split('.');
  const before = config.entries.get(name);
  if (before === undefined) return config;
  const entries = new Map(config.entries);
  if (rest.length === 0) entries.delete(name);
  else if (before.kind === 'map') entries.set(name, withoutValue(before, rest.join('.')));
  return { kind: 'map', entries };
}
