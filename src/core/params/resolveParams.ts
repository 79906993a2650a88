import { argvParams, heldParams } from '../command/argvParams';
import type { Param } from '../run/run';
import type { OptionSpec } from './commandSpec';
import type { ConfigParam } from './config/flattenConfig';
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
  { command, constants }: Pick<ScriptDefaults, 'command' | 'constants'>,
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
    if (!params.has(key)) params.set(key, { key, value, origin: 'argv' });
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
    // One whose value is given as several params has no default any more.
    if (!params.has(key) && !values.has(key)) params.set(key, { key, value, origin: 'default' });
  };
  for (const option of [...options, ...constants]) addDefault(option);
  return [...params.values()];
}
