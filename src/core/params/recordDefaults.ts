import { type ConfigRecord, recordOf } from '../python/interpret/configRecord';
import { holdsFields } from '../python/interpret/dataclasses';
import { entriesOf } from '../python/interpret/dict';
import type { PyValue } from '../python/interpret/value';
import { enumValue, strOf } from '../python/interpret/valueText';
import type { OptionSpec } from './commandSpec';

const maxDefaults = 500;
const maxNesting = 8;

/** What objects that hold settings say where no configuration file changes it: yacs' defaults. */
export function recordDefaults(records: Iterable<ConfigRecord>): OptionSpec[] {
  return [...records].flatMap(({ names }) => flatEntries([...names], ''));
}

/** The settings in a dict or an object that holds some, by their paths; undefined for another value. */
export function settingsIn(value: PyValue, key: string): OptionSpec[] | undefined {
  const entries = namedEntries(value);
  return entries && flatEntries(entries, `${key}.`);
}

type Entry = readonly [string, PyValue];

function flatEntries(entries: readonly Entry[], prefix: string, nesting = 0): OptionSpec[] {
  if (nesting > maxNesting) return [];
  return entries.slice(0, maxDefaults).flatMap(([name, value]): OptionSpec[] => {
    const key = `${prefix}${name}`;
    const inner = namedEntries(value);
    if (inner !== undefined && inner.length > 0) return flatEntries(inner, `${key}.`, nesting + 1);
    const text = strOf(value);
    return text === undefined ? [] : [{ key, flags: [], takes: 0, default: text }];
  });
}

/** A dict counts where all of its keys could be names: one of other keys is a table. */
function namedEntries(value: PyValue): Entry[] | undefined {
  const record = recordOf(value);
  if (record !== undefined) return [...record.names];
  if (value.kind === 'instance' && holdsFields(value.class) && enumValue(value) === undefined) {
    return [...value.attributes];
  }
  if (value.kind !== 'dict' || value.isUncertain) return undefined;
  const entries = entriesOf(value).map(([key, each]) => [strOf(key) ?? '', each] as const);
  const areNames = entriesOf(value).every(
    ([key]) => key.kind === 'str' && /^[\w.:/-]+$/.test(key.value),
  );
  return areNames ? entries : undefined;
}
