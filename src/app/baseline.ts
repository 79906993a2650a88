import type { RunId } from '../core/run/run';
import { createKeptValue, type KeptValue, type Memory } from './keptValue';

/** The run that the others of this workspace are held against; it can have been deleted since. */
export type Baseline = KeptValue<RunId | undefined>;

export function createBaseline(
  memory: Memory,
  onError: (what: string, error: unknown) => void,
): Baseline {
  const place = { memory, key: 'baselineRun', what: 'Keeping the baseline' };
  return createKeptValue<RunId | undefined>(place, undefined, onError);
}
