import { type ConfigRecord, recordOf } from '../python/interpret/configRecord';
import { strOf } from '../python/interpret/valueText';
import type { OptionSpec } from './commandSpec';

const maxDefaults = 500;
const maxNesting = 8;

/** What objects that hold settings say where no configuration file changes it: yacs' defaults. */
export function recordDefaults(records: Iterable<ConfigRecord>): OptionSpec[] {
  const found: OptionSpec[] = [];
  const visit = ({ names }: ConfigRecord, prefix: string, nesting: number): void => {
    for (const [name, value] of names) {
      if (found.length >= maxDefaults || nesting > maxNesting) return;
      const key = `${prefix}${name}`;
      const inner = recordOf(value);
      if (inner !== undefined) visit(inner, `${key}.`, nesting + 1);
      const text = inner === undefined ? strOf(value) : undefined;
      if (text !== undefined) found.push({ key, flags: [], takes: 0, default: text });
    }
  };
  for (const record of records) visit(record, '', 0);
  return found;
}
