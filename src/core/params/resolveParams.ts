import { argvParams, heldParams } from '../command/argvParams';
import type { Param } from '../run/run';
import type { OptionSpec } from './commandSpec';
import { ConfigError } from './config/configValue';
import { type ConfigParam, flattenConfig } from './config/flattenConfig';
import { readConfig } from './config/readConfig';
import { readArguments } from './readArguments';
import type { ScriptDefaults } from './readDefaults';

/** A longer default is a text to work on, not a setting. */
const maxDefaultLength = 1_000;

/**
 * The params of a run of a script: first those that its arguments give, under the name that the
 * script has for them (`-b 8` is `batch_size`), then what its configuration files say, then the
 * defaults of what both leave out. Arguments that the script is not known to take are read by their
 * looks.
 */
export function resolveParams(
  { command, settings, constants }: Omit<ScriptDefaults, 'configs'>,
  args: readonly string[],
  configured: readonly ConfigParam[] = [],
): Param[] {
  const { values, rest, options } = readArguments(command, command.fixedArguments ?? args);
  const params = new Map<string, Param>();
  const lists = new Set(
    options.filter(({ takes }) => takes === 'any' || takes === 'some').map(({ key }) => key),
  );
  for (const [key, value] of values) {
    const held = lists.has(key) ? heldParams(value.split(' ')) : undefined;
    for (const each of held ?? [{ key, value }]) params.set(each.key, { ...each, origin: 'argv' });
  }
  for (const { key, value } of argvParams(rest)) {
    for (const each of partsOf(key, value, options)) {
      if (!params.has(each.key)) params.set(each.key, { ...each, origin: 'argv' });
    }
  }
  // A file may have dashes where the name of an option has underscores.
  const known = new Set([...params.keys(), ...options.map(({ key }) => key)]);
  for (const { key: written, value, isDefault } of configured) {
    const plain = written.replaceAll('-', '_');
    const key = known.has(plain) ? plain : written;
    const origin = isDefault ? 'default' : 'config';
    if (params.get(key)?.origin !== 'argv') params.set(key, { key, value, origin });
  }
  const addDefault = ({ key, default: value }: OptionSpec) => {
    if (value === undefined || value.length > maxDefaultLength) return;
    // What is given as several params, or as a part of another one, has no default any more.
    if (params.has(key) || values.has(key) || prefixesOf(key).some((each) => values.has(each)))
      return;
    params.set(key, { key, value, origin: 'default' });
  };
  for (const option of [...options, ...settings, ...constants]) addDefault(option);
  return [...params.values()];
}

/** JSON for an option that has parts, as `--model '{"depth": 9}'`, gives those. */
function partsOf(key: string, value: string, options: readonly OptionSpec[]): ConfigParam[] {
  const hasParts = options.some((option) => option.key.startsWith(`${key}.`));
  if (!hasParts || !value.startsWith('{')) return [{ key, value }];
  try {
    return flattenConfig(readConfig(value, 'json'), key);
  } catch (error) {
    if (error instanceof ConfigError) return [{ key, value }];
    throw error;
  }
}

/** `a.b.c` is a part of `a` and of `a.b`. */
function prefixesOf(key: string): string[] {
  const parts = key.split('.');
  return parts.slice(1).map((_, index) => parts.slice(0, index + 1).join('.'));
}
