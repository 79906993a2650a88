import type { RunId } from '../../../src/core/run/run';
import type { Store } from '../../../src/store/store';
import { curveKey } from './dashboardRuns';
import type { StandInPanel } from './vscodeStandIn';

/** A page of uPlot alone, whose host reads whole series from the store, all at once. */
export function plainPanel(store: Store, runIds: readonly RunId[]): StandInPanel {
  return answering('plainChart', async () => {
    const all = await Promise.all(runIds.map((runId) => store.readSeries(runId, curveKey)));
    return { steps: all[0]?.steps, values: all.map(({ values }) => values) };
  });
}

/** A page that gets so many bytes for each question. */
export function echoPanel(bytes: number): StandInPanel {
  const column = new Float64Array(bytes / 8);
  return answering(undefined, async () => ({ column }));
}

function answering(script: string | undefined, answer: () => Promise<unknown>): StandInPanel {
  const listeners = new Set<(message: unknown) => void>();
  const tag = script === undefined ? '' : `<script src="/script/${script}.js"></script>`;
  return {
    title: script ?? 'echo',
    html: () => `<!DOCTYPE html><html><head></head><body>${tag}</body></html>`,
    onPost(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    receive() {
      answer().then(
        (message) => {
          for (const listener of listeners) listener(message);
        },
        (error: unknown) => console.error(error),
      );
    },
  };
}
