import { parse, TomlDate, TomlError } from 'smol-toml';
import { floatText } from '../../python/interpret/valueText';
import { ConfigError, ConfigRoom, type ConfigValue, emptyMap, scalar } from './configValue';

/**
 * Reads a TOML file; a number is the text that Python would print of it.
 *
 * @throws ConfigError
 */
export function readToml(text: string): ConfigValue {
  try {
    return toConfig(parse(text, { integersAsBigInt: true }), new ConfigRoom(), 0);
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    throw new ConfigError(`line ${error.line}: ${error.message.split('\n')[0] ?? ''}`);
  }
}

function toConfig(value: unknown, room: ConfigRoom, depth: number): ConfigValue {
  room.take(depth);
  if (typeof value === 'string') return scalar(value, true);
  if (typeof value === 'number') return scalar(floatText(value));
  if (value instanceof TomlDate) return scalar(value.toISOString(), true);
  if (Array.isArray(value)) {
    return { kind: 'list', items: value.map((item) => toConfig(item, room, depth + 1)) };
  }
  if (typeof value !== 'object' || value === null) return scalar(String(value));
  const map = emptyMap();
  for (const [key, each] of Object.entries(value)) {
    map.entries.set(key, toConfig(each, room, depth + 1));
  }
  return map;
}
