import { median } from './statistics';
import { metricKeys, syntheticRun } from './syntheticRuns';
import type { Tracker } from './tracker';

const batchPoints = 1000;
/** Sends to one run before the next run begins. */
const sendsPerRun = 10;
const rounds = 12;

export interface IngestFigures {
  /** Of batches of 1,000; the median of the rounds. */
  readonly pointsPerS: number;
  /** All points of all rounds by the time that they took. */
  readonly sustainedPointsPerS: number;
  /** Median of one batch. */
  readonly batchMs: number;
  /** Median of one point. */
  readonly ackMs: number;
}

interface Load {
  readonly metricCount: number;
  /** Steps in one send; each is one point of each metric. */
  readonly steps: number;
  readonly sendsPerRound: number;
}

const batches = { metricCount: metricKeys.length, steps: batchPoints / metricKeys.length };
const single = { metricCount: 1, steps: 1, sendsPerRound: 20 };

/**
 * Sends batches of 1,000 points (ten metrics × 100 steps of one run), one after the other, each
 * acknowledged before the next is sent; then single points alike. All take turns, so that what else
 * the machine does falls on each; the first round is the warm-up.
 */
export async function measureIngest(
  contestants: readonly { readonly tracker: Tracker; readonly batchesPerRound: number }[],
): Promise<IngestFigures[]> {
  const batchRounds = await inTurns(
    contestants.map(({ tracker, batchesPerRound }) =>
      rounder(tracker, { ...batches, sendsPerRound: batchesPerRound }),
    ),
  );
  const singleRounds = await inTurns(contestants.map(({ tracker }) => rounder(tracker, single)));
  return contestants.map((_, index) => {
    const batchMs = batchRounds[index] ?? [];
    const pointsPerS = (ms: readonly number[]) =>
      (1000 * batchPoints * ms.length) / ms.reduce((sum, each) => sum + each, 0);
    return {
      pointsPerS: median(batchMs.map(pointsPerS)),
      sustainedPointsPerS: pointsPerS(batchMs.flat()),
      batchMs: median(batchMs.flat()),
      ackMs: median((singleRounds[index] ?? []).flat()),
    };
  });
}

/** Milliseconds of each send, by contestant and by round, without the warm-up. */
async function inTurns(contestants: readonly (() => Promise<number[]>)[]): Promise<number[][][]> {
  const times: number[][][] = contestants.map(() => []);
  for (let round = 0; round < rounds; round++) {
    for (const [index, run] of contestants.entries()) {
      const ms = await run();
      if (round > 0) times[index]?.push(ms);
    }
  }
  return times;
}

/** One round each time it is called. */
function rounder(tracker: Tracker, load: Load): () => Promise<number[]> {
  const next = sends(tracker, load);
  return async () => {
    const times: number[] = [];
    while (times.length < load.sendsPerRound) {
      const { value } = await next.next();
      times.push(value);
    }
    return times;
  };
}

/** The milliseconds of one send after the other, without end. */
async function* sends(
  tracker: Tracker,
  { metricCount, steps }: Load,
): AsyncGenerator<number, never> {
  for (let index = 0; ; index++) {
    // So that the runs of different loads differ.
    const run = syntheticRun(index * metricKeys.length + metricCount - 1, steps * sendsPerRun);
    const metrics = new Map([...run.metrics].slice(0, metricCount));
    const send = await tracker.begin({ ...run, metrics });
    for (let from = 0; from < steps * sendsPerRun; from += steps) {
      yield await send(from, from + steps);
    }
  }
}
