import type { Store } from '../../../src/store/store';
import type { MlflowClient } from './mlflowClient';
import type { Figures } from './report';
import { median, percentile, timed } from './statistics';
import { tableQueries, toRunQuery } from './tableQueries';

const warmUpCount = 20;
/** MLflow is asked each so many of our questions, as it takes its time. */
const mlflowStride = 5;

/**
 * Each question once, to our store and, for some of them, right after to MLflow; the first ones are the
 * warm-up. Both must find the same. Then MLflow again, after `analyze` of its database.
 */
export async function measureTable(
  store: Store,
  mlflow: { readonly client: MlflowClient; readonly analyze: () => Promise<void> } | undefined,
): Promise<Figures> {
  const ourMs: number[] = [];
  const mlflowMs: number[] = [];
  for (const [index, query] of tableQueries.entries()) {
    let values: readonly (number | undefined)[] = [];
    const ours = await timed(async () => {
      const runs = await store.listRuns(toRunQuery(query));
      values = runs.map(({ metrics }) => metrics.find(({ key }) => key === query.metric)?.last);
    });
    if (index >= warmUpCount) ourMs.push(ours);
    if (mlflow === undefined || index % mlflowStride !== 0) continue;
    const { ms, answer } = await mlflow.client.search(query);
    if (index >= warmUpCount) mlflowMs.push(ms);
    if (String(foundValues(answer, query.metric)) !== String(values)) {
      throw new Error(`MLflow finds other runs where ${JSON.stringify(query)}`);
    }
  }
  const tableP50Ms = median(ourMs);
  const figures = { tableP95Ms: percentile(ourMs, 0.95), tableP50Ms };
  if (mlflow === undefined) return figures;
  await mlflow.analyze();
  const analyzedMs: number[] = [];
  for (const [index, query] of tableQueries.entries()) {
    if (index % mlflowStride === 0) analyzedMs.push((await mlflow.client.search(query)).ms);
  }
  return {
    ...figures,
    tableVsMlflow: median(mlflowMs) / tableP50Ms,
    tableVsMlflowAnalyzed: median(analyzedMs.slice(warmUpCount / mlflowStride)) / tableP50Ms,
    mlflowTableMs: median(mlflowMs),
    mlflowTableAnalyzedMs: median(analyzedMs.slice(warmUpCount / mlflowStride)),
  };
}

/** The value of the metric of each run that MLflow found, in order. */
function foundValues(answer: string, metric: string): readonly (number | undefined)[] {
  // SAFETY: what the API answers to a search.
  const { runs } = JSON.parse(answer) as {
    readonly runs: readonly {
      readonly data: {
        readonly metrics: readonly { readonly key: string; readonly value: number }[];
      };
    }[];
  };
  return runs.map(({ data }) => data.metrics.find(({ key }) => key === metric)?.value);
}
