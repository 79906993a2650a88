import type { Store } from '../../../src/store/store';
import type { MlflowClient } from './mlflowClient';
import { timed } from './statistics';
import { pointChanges, type SyntheticRun, startChanges } from './syntheticRuns';

/** What takes points in and acknowledges them: our store, or the one that it is measured beside. */
export interface Tracker {
  /** Makes the run, without points. Returns what its points are to be sent with. */
  begin(run: SyntheticRun): Promise<PointSender>;
}

/**
 * Sends steps `from` to `to` of all metrics of a run. Resolves with the milliseconds from where the
 * points are ready to be sent until they are acknowledged.
 */
export type PointSender = (from: number, to: number) => Promise<number>;

export function storeTracker(store: Store): Tracker {
  return {
    async begin(run) {
      await store.commit(startChanges(run));
      return (from, to) => {
        const changes = pointChanges(run, from, to);
        return timed(() => store.commit(changes));
      };
    },
  };
}

/** `runs/log-batch`, https://mlflow.org/docs/latest/api_reference/rest-api.html#log-batch */
export function mlflowTracker(client: MlflowClient): Tracker {
  return {
    async begin(run) {
      const body = { experiment_id: '0', start_time: run.startedAtMs };
      const { answer } = await client.post('runs/create', body);
      // SAFETY: what the API answers to this.
      const created = JSON.parse(answer) as {
        readonly run: { readonly info: { readonly run_id: string } };
      };
      const { run_id } = created.run.info;
      const params = run.params.map(({ key, value }) => ({ key, value }));
      await client.post('runs/log-batch', { run_id, params });
      return async (from, to) => {
        const metrics = [...points(run, from, to)];
        const { ms } = await client.post('runs/log-batch', { run_id, metrics });
        return ms;
      };
    },
  };
}

function* points(run: SyntheticRun, from: number, to: number) {
  for (const [key, values] of run.metrics) {
    for (let step = from; step < to; step++) {
      yield { key, value: values[step], timestamp: run.timesMs[step], step };
    }
  }
}
