import { randomUUID } from 'node:crypto';
import type { Change } from '../../core/change/change';
import type { MetricPattern } from '../../core/extract/patterns/metricPattern';
import { describeLogLeftOut } from '../../core/present/describeLeftOut';
import {
  type RereadPlan,
  type RereadSummary,
  severalTrainings,
} from '../../core/recording/planReread';
import { isPrintedSeries, rereadEdition } from '../../core/recording/seriesEdition';
import type { Remote } from '../../core/rpc';
import type { Run, RunId } from '../../core/run/run';
import type { Series } from '../../core/series/series';
import { Cancelled, UserError } from '../../core/userError';
import type { Store } from '../../store/store';
import type { LogService } from './logService';
import { readLogParts } from './readLogParts';

/** Reads what a run printed again, with today's extractor and the user's patterns of today. */
export interface RunRereader {
  /**
   * Puts what the kept log gives in the place of what was recorded of it; what files, clients and the
   * machine told stays. Rejects with a `UserError` where there is nothing to read, and with `Cancelled`,
   * having changed nothing, if it is cancelled.
   */
  reread(run: Run, calls: RereadCalls): Promise<RereadSummary>;
}

export interface RereadCalls {
  isCancelled(): boolean;
  /** @param share 0 to 1, of the log. */
  onProgress(share: number): void;
}

export function createRunRereader(
  store: Store,
  logs: Remote<LogService>,
  patterns: () => readonly MetricPattern[],
): RunRereader {
  async function readPrinted(run: Run, editions: ReadonlyMap<string, string>) {
    const printed = new Map<string, Series>();
    for (const { key } of run.metrics) {
      if (!isPrintedSeries(key, editions.get(key))) continue;
      printed.set(key, await store.readSeries(run.id, key));
    }
    return printed;
  }

  async function plan(run: Run, { isCancelled, onProgress }: RereadCalls): Promise<RereadPlan> {
    const readingId = randomUUID();
    const editions = await store.listEditions(run.id);
    const reported = [...editions].flatMap(([key, edition]) =>
      isPrintedSeries(key, edition) ? [] : key,
    );
    const { id, source, startedAtMs, endedAtMs = startedAtMs, logBytes } = run;
    const read = { id, source, startedAtMs, endedAtMs, logBytes, reported };
    await logs.openReading(readingId, read, patterns());
    try {
      let sizeBytes = 0;
      for await (const { bytes, doneBytes } of readLogParts(store, run.id)) {
        sizeBytes = doneBytes;
        if (isCancelled()) throw new Cancelled();
        await logs.read(readingId, bytes);
        onProgress(Math.min(1, doneBytes / Math.max(1, logBytes)));
      }
      if (isCancelled()) throw new Cancelled();
      if (sizeBytes === 0) throw new UserError(describeNoLog(run));
      return await logs.plan(readingId, run, await readPrinted(run, editions));
    } finally {
      await logs.closeReading(readingId);
    }
  }

  return {
    async reread(shown, calls) {
      // What a surface shows can be older than the record.
      const run = (await store.getRun(shown.id)) ?? shown;
      checkReadable(run);
      const [part] = await store.listRuns({ parentId: run.id, includeDeleted: true, limit: 1 });
      if (part !== undefined) throw new UserError(severalTrainings);
      const made = await plan(run, calls);
      const changes = toChanges(run.id, made);
      if (changes.length > 0) await store.commit(changes);
      return made.summary;
    },
  };
}

/** Throws a `UserError` with the reason if the log of a run cannot be read again. */
export function checkReadable(run: Run): void {
  if (run.status === 'running') {
    throw new UserError('This run is still running: what it prints is being read.');
  }
  if (run.source.kind === 'notebook') {
    throw new UserError('What a cell prints is kept in its notebook. Run the cell again.');
  }
  if (run.parentId !== undefined) {
    throw new UserError('This run is a part of another, whose log holds what it printed.');
  }
}

/** Why a run has no log. */
export function describeNoLog({ logLeftOut }: Run): string {
  return logLeftOut ? describeLogLeftOut(logLeftOut) : 'This run printed nothing.';
}

function toChanges(runId: RunId, { replaced, series, params }: RereadPlan): readonly Change[] {
  const edition = rereadEdition(randomUUID());
  return [
    ...(replaced.length > 0
      ? [{ kind: 'seriesReplaced', runId, keys: replaced, edition } as const]
      : []),
    ...series.map((points) => ({ kind: 'pointsAppended', runId, ...points, edition }) as const),
    ...(params.length > 0 ? [{ kind: 'paramsAdded', runId, params } as const] : []),
  ];
}
