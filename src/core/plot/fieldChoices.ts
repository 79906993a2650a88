import type { MetricDirection } from '../run/metricDirection';
import { paramNumber } from '../run/paramNumber';
import type { Run } from '../run/run';
import { isSystemMetric } from '../run/systemMetric';

/** What there is to choose from for a chart of some runs. */
export interface FieldChoices {
  readonly params: readonly ParamChoice[];
  /** The most frequent first, what tells of the machine last. */
  readonly metrics: readonly MetricChoice[];
  readonly tags: readonly string[];
}

export interface ParamChoice {
  readonly key: string;
  readonly runCount: number;
  /** How many values it has, counted up to 100; a run without it is one more. */
  readonly valueCount: number;
  readonly isNumber: boolean;
}

export interface MetricChoice {
  readonly key: string;
  readonly runCount: number;
  readonly direction?: MetricDirection;
}

const maxValues = 100;
const maxKeys = 2_000;

interface GatheredParam {
  runCount: number;
  isNumber: boolean;
  readonly values: Set<string>;
}

/** Gathers them in pieces, so that who calls can rest between them. */
export function createChoiceBuilder() {
  const params = new Map<string, GatheredParam>();
  const metrics = new Map<string, { runCount: number; direction: MetricDirection | undefined }>();
  const tags = new Set<string>();
  let count = 0;
  return {
    add(runs: readonly Run[]): void {
      count += runs.length;
      for (const run of runs) {
        for (const { key, value } of run.params) {
          let param = params.get(key);
          if (param === undefined) {
            if (params.size >= maxKeys) continue;
            param = { runCount: 0, isNumber: true, values: new Set() };
            params.set(key, param);
          }
          param.runCount++;
          if (param.values.size < maxValues && !param.values.has(value)) {
            param.values.add(value);
            if (paramNumber(value) === undefined) param.isNumber = false;
          }
        }
        for (const { key, direction } of run.metrics) {
          const metric = metrics.get(key);
          if (metric !== undefined) metric.runCount++;
          else if (metrics.size < maxKeys) metrics.set(key, { runCount: 1, direction });
        }
        for (const key of Object.keys(run.tags)) if (tags.size < maxKeys) tags.add(key);
      }
    },
    end(): FieldChoices {
      return {
        params: Array.from(params, ([key, { runCount, isNumber, values }]) => ({
          ...{ key, runCount, isNumber },
          valueCount: values.size + Number(runCount < count),
        })),
        metrics: Array.from(metrics, ([key, { runCount, direction }]) => ({
          ...{ key, runCount },
          ...(direction !== undefined && { direction }),
        })).sort(
          (a, b) =>
            Number(isSystemMetric(a.key)) - Number(isSystemMetric(b.key)) ||
            b.runCount - a.runCount,
        ),
        tags: [...tags],
      };
    },
  };
}

/** Params that vary over the runs, those with few values before those with many. */
export function varyingParams({ params }: FieldChoices): readonly ParamChoice[] {
  return params
    .filter(({ valueCount }) => valueCount > 1)
    .toSorted(
      (a, b) => Number(b.isNumber || b.valueCount < 20) - Number(a.isNumber || a.valueCount < 20),
    );
}
