import { matchesGlob } from '../recording/glob';
import { type MetricDirection, metricDirection } from './metricDirection';

/** Says whether a metric is better low or high; undefined where nobody knows. */
export type DirectionOf = (key: string) => MetricDirection | undefined;

/** What a user says of it, first things first. */
export interface DirectionRule {
  /** A metric's name, or a glob such as `wer_*`; one without `/` stands for the last part of a name. */
  readonly metric: string;
  readonly direction: MetricDirection;
}

const maxRules = 500;
const maxKnown = 1000;
const words: ReadonlyMap<unknown, MetricDirection> = new Map([
  ['min', 'lower'],
  ['max', 'higher'],
]);

/** Reads the setting `{ "my_score": "max", "wer_*": "min" }`, into which anything may be written. */
export function readDirectionRules(setting: unknown): readonly DirectionRule[] {
  if (typeof setting !== 'object' || setting === null || Array.isArray(setting)) return [];
  return Object.entries(setting)
    .flatMap(([metric, word]): readonly DirectionRule[] => {
      const direction = words.get(word);
      return direction === undefined ? [] : [{ metric, direction }];
    })
    .slice(0, maxRules);
}

/** The user's word before the name's; of several rules the first that fits. */
export function createDirectionOf(rules: readonly DirectionRule[]): DirectionOf {
  if (rules.length === 0) return metricDirection;
  const known = new Map<string, MetricDirection | undefined>();
  return (key) => {
    if (known.has(key)) return known.get(key);
    if (known.size >= maxKnown) known.clear();
    const lastPart = key.slice(key.lastIndexOf('/') + 1);
    const rule = rules.find(({ metric }) =>
      matchesGlob(metric.includes('/') ? key : lastPart, metric),
    );
    const direction = rule?.direction ?? metricDirection(key);
    known.set(key, direction);
    return direction;
  };
}
