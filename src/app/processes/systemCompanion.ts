import type { PointsAppended } from '../../core/change/change';
import type { Remote } from '../../core/rpc';
import type { RunId } from '../../core/run/run';
import { sampleDelayMs } from '../../core/run/sampleDelay';
import type { Companion, Subject } from '../companion';
import { isOnThisMachine } from '../environment/isOnThisMachine';
import type { RunContextService } from '../runContextService';
import type { SystemValue } from './systemSampler';

interface Sample {
  readonly atMs: number;
  readonly values: readonly SystemValue[];
}

/** More often, looking would itself be what is seen. */
const minEveryMs = 500;
/** What is held of a command that is no run by then; it is looked at no more until it is one. */
const maxHeld = 500;

/** Records what the processes of a run use of the machine, as series that begin with `system/`. */
export function createSystemCompanion(
  service: Remote<Pick<RunContextService, 'sample'>>,
  /** Between two looks; 0 turns them off. */
  sampleEveryMs: () => number,
  now: () => number,
): Companion {
  return {
    accompany(subject) {
      const setMs = sampleEveryMs();
      const everyMs = Math.max(setMs, minEveryMs);
      if (setMs <= 0 || !isOnThisMachine(subject)) return undefined;
      const held: Sample[] = [];
      let isRun = false;
      let isOver = false;
      let timer: NodeJS.Timeout | undefined;

      const wait = () => {
        timer = setTimeout(
          () => void look(),
          sampleDelayMs(now() - subject.startedAtMs, everyMs),
        ).unref();
      };
      async function look(): Promise<void> {
        // The worker is gone with the window.
        const values = await service.sample(subject.runId).catch(() => undefined);
        if (isOver || values === undefined) return;
        if (values.length > 0) held.push({ atMs: now(), values });
        if (isRun) void flush(subject, held);
        if (isRun || held.length < maxHeld) wait();
      }
      wait();
      return {
        async becameRun() {
          isRun = true;
          if (held.length >= maxHeld) wait();
          await flush(subject, held);
        },
        async ended() {
          isOver = true;
          clearTimeout(timer);
        },
      };
    },
  };
}

async function flush(subject: Subject, held: Sample[]): Promise<void> {
  const samples = held.splice(0);
  if (samples.length > 0) await subject.record(toChanges(subject.runId, samples));
}

/** One change a series. They have times and no steps: the machine knows of none. */
function toChanges(runId: RunId, samples: readonly Sample[]): readonly PointsAppended[] {
  const series = new Map<string, { readonly values: number[]; readonly timesMs: number[] }>();
  for (const { atMs, values } of samples) {
    for (const [key, value] of values) {
      const points = series.get(key) ?? { values: [], timesMs: [] };
      series.set(key, points);
      points.values.push(value);
      points.timesMs.push(atMs);
    }
  }
  return [...series].map(([key, { values, timesMs }]) => ({
    kind: 'pointsAppended',
    runId,
    key,
    steps: new Float64Array(values.length).fill(Number.NaN),
    values: Float64Array.from(values),
    timesMs: Float64Array.from(timesMs),
  }));
}
