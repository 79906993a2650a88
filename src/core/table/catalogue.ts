import { metricScore } from '../run/mainMetric';
import type { MetricDirection } from '../run/metricDirection';
import type { MetricSummary, Run } from '../run/run';

/** The metrics, params and tags that there are, those first that tell the runs apart. */
export interface Catalogue {
  readonly metrics: readonly MetricEntry[];
  readonly params: readonly ParamEntry[];
  readonly tags: readonly CatalogueEntry[];
}

export interface CatalogueEntry {
  readonly key: string;
  readonly runCount: number;
}

export interface MetricEntry extends CatalogueEntry {
  /** Undefined where neither its name nor the user says. */
  readonly direction?: MetricDirection;
}

export interface ParamEntry extends CatalogueEntry {
  /** Whether not all runs that have it have the same. */
  readonly differs: boolean;
}

interface Metric {
  runCount: number;
  /** Of how many runs it is the main metric. */
  mainCount: number;
  readonly score: number;
  readonly direction: MetricDirection | undefined;
}

interface Param {
  runCount: number;
  readonly first: string;
  differs: boolean;
}

/** Collects a catalogue run by run, so that who has many can do it in turns. */
export class CatalogueCollector {
  readonly #metrics = new Map<string, Metric>();
  readonly #params = new Map<string, Param>();
  readonly #tags = new Map<string, number>();

  add(run: Run): void {
    let main: Metric | undefined;
    for (const summary of run.metrics) {
      const metric = this.#metric(summary);
      metric.runCount++;
      if (metric.score > (main?.score ?? Number.NEGATIVE_INFINITY)) main = metric;
    }
    if (main !== undefined) main.mainCount++;
    for (const { key, value } of run.params) {
      const param = this.#params.get(key);
      if (param === undefined) {
        this.#params.set(key, { runCount: 1, first: value, differs: false });
        continue;
      }
      param.runCount++;
      if (!param.differs && param.first !== value) param.differs = true;
    }
    for (const key of Object.keys(run.tags)) this.#tags.set(key, (this.#tags.get(key) ?? 0) + 1);
  }

  #metric(summary: MetricSummary): Metric {
    const known = this.#metrics.get(summary.key);
    if (known !== undefined) return known;
    const { key, direction } = summary;
    const metric = { runCount: 0, mainCount: 0, score: metricScore(summary), direction };
    this.#metrics.set(key, metric);
    return metric;
  }

  /** Ties stay in the order of the first run that has them. */
  finish(): Catalogue {
    const metrics = [...this.#metrics].sort(
      ([, a], [, b]) => b.mainCount - a.mainCount || b.runCount - a.runCount,
    );
    const params = [...this.#params].sort(
      ([, a], [, b]) => Number(b.differs) - Number(a.differs) || b.runCount - a.runCount,
    );
    const tags = [...this.#tags].sort(([, a], [, b]) => b - a);
    return {
      metrics: metrics.map(([key, { runCount, direction }]) => ({
        ...{ key, runCount },
        ...(direction === undefined ? {} : { direction }),
      })),
      params: params.map(([key, { runCount, differs }]) => ({ key, runCount, differs })),
      tags: tags.map(([key, runCount]) => ({ key, runCount })),
    };
  }
}

export function collectCatalogue(runs: Iterable<Run>): Catalogue {
  const collector = new CatalogueCollector();
  for (const run of runs) collector.add(run);
  return collector.finish();
}
