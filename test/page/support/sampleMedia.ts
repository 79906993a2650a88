import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { createMediaService } from '../../../src/app/media/mediaService';
import { createRunMediaReader } from '../../../src/app/media/runMediaReader';
import type { Remote } from '../../../src/core/rpc';
import type { Run, RunFile } from '../../../src/core/run/run';
import { UserError } from '../../../src/core/userError';
import type { ChartsHost } from '../../../src/protocol/chartsPage';

const fixtures = join(__dirname, '../../fixtures/media');

/** What each sample run wrote: pictures in an event file and by themselves, and a matrix. */
const written = [
  'tensorboardX/runs/exp1/events.out.tfevents.1700000000.host',
  'figures/figure.png',
  'written/named_confusion_matrix.json',
];

/** A host that finds and reads, by the product's own code, what runs logged. */
export function mediaHost(runs: readonly Run[]): Partial<ChartsHost> {
  const service = createMediaService();
  const files = written.map((path): RunFile => {
    const { size, mtimeMs } = statSync(join(fixtures, path));
    return {
      role: 'output',
      path,
      type: 'other',
      sizeBytes: size,
      modifiedAtMs: mtimeMs,
      isKept: false,
    };
  });
  const log = readFileSync(join(fixtures, 'printed/log.txt'));
  const gone: RunFile = {
    ...{
      role: 'output',
      path: 'gone.png',
      type: 'figure',
      sizeBytes: 5,
      modifiedAtMs: 1,
      isKept: false,
    },
  };
  const missing = () => Promise.reject(new Error('not in this test'));
  const reader = createRunMediaReader({
    store: {
      listFiles: async () => [...files, gone],
      readLog: async () => log,
      ...{ readBlob: missing, getCheckpoint: missing, readCheckpoint: missing },
    },
    // SAFETY: called as over a wire, but in this process.
    service: new Proxy(service, {
      get:
        (target, name) =>
        async (...args: unknown[]) =>
          Reflect.get(target, name)(...args),
    }) as unknown as Remote<typeof service>,
    toAbsolutePath: (path) => join(fixtures, path),
  });
  return {
    readMedia: (kind, runIds) =>
      Promise.all(
        runs
          .filter(({ id }) => runIds.includes(id))
          .map(async (run) => ({ runId: run.id, ...(await reader.list(run, kind)) })),
      ),
    async readImage(runId, id) {
      const run = runs.find((each) => each.id === runId);
      if (run === undefined) throw new UserError('This run is not there any more.');
      return reader.readImage(run, id);
    },
  };
}
