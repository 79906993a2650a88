import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { appendLine } from '../../../../src/core/chart/appendLine';
import type { SeriesPart } from '../../../../src/core/series/seriesBatch';
import type { ChartedRun } from '../../../../src/protocol/chartsPage';
import type { CardContext } from '../../cardContext';

/** The points of one metric of one run. */
export interface RunLine {
  readonly run: ChartedRun;
  readonly key: string;
  readonly series: SeriesPart;
}

/** What is known of one line. */
interface Known {
  readonly series: SeriesPart;
  readonly status: ChartedRun['status'];
  /** Of the run when it was read: another count means that there is something to read. */
  readonly pointCount: number;
  /** How many points were added since it was thinned. */
  readonly added: number;
}

/** What a run has new is asked for; the whole is read again once so many were added to what was thinned. */
const maxAdded = 2000;

/**
 * The lines of some metrics of all shown runs. Read again are only runs that have other points than before,
 * and of one that runs on only what came since. Undefined until the first answer.
 *
 * @param buckets how fine: at most four points for each; 0 for all points.
 */
export function useLines(
  { runs, readLines, attemptRead }: Pick<CardContext, 'runs' | 'readLines' | 'attemptRead'>,
  keys: readonly string[],
  buckets: number,
): readonly RunLine[] | undefined {
  const [lines, setLines] = useState<readonly RunLine[]>();
  const readAs = `${buckets} ${keys.join('\n')}`;
  const known = useRef({ readAs, lines: new Map<string, Known>() });
  const turn = useRef(0);

  useLayoutEffect(() => {
    if (known.current.readAs !== readAs) known.current = { readAs, lines: new Map() };
    turn.current += 1;
    const mine = turn.current;
    const { lines: memory } = known.current;
    attemptRead(
      readNew().then((isRead) => {
        if (isRead && turn.current === mine) show();
      }),
    );

    async function readNew(): Promise<boolean> {
      const fresh: ChartedRun[] = [];
      const grown: ChartedRun[] = [];
      for (const run of runs) {
        const plans = keys.map((key) => planOf(run, memory.get(idOf(run, key))));
        if (plans.includes('all')) fresh.push(run);
        else if (plans.includes('new')) grown.push(run);
      }
      const [whole, news] = await Promise.all([read(fresh), readSince(grown)]);
      if (known.current.lines !== memory) return false;
      for (const { run, key, series } of whole) remember(run, key, series, 0);
      const lost: ChartedRun[] = [];
      for (const { run, key, series } of news) {
        const before = memory.get(idOf(run, key));
        const after = before && appendLine(before.series, series);
        if (after === undefined || before === undefined) lost.push(run);
        else {
          const added = after.values.length - before.series.values.length;
          remember(run, key, added === 0 ? before.series : after, before.added + added);
        }
      }
      for (const { run, key, series } of await read([...new Set(lost)])) {
        remember(run, key, series, 0);
      }
      return known.current.lines === memory;
    }

    async function read(some: readonly ChartedRun[]): Promise<readonly RunLine[]> {
      if (some.length === 0) return [];
      const runIds = some.map(({ runId }) => runId);
      const answer = await readLines({ wanted: keys.map((key) => ({ key, runIds })), buckets });
      return pair(some, answer);
    }

    /** What came since the earliest of the last points that are known: one range for all. */
    async function readSince(some: readonly ChartedRun[]): Promise<readonly RunLine[]> {
      if (some.length === 0) return [];
      const lastTimes = some.flatMap((run) =>
        keys.map((key) => memory.get(idOf(run, key))?.series.timesMs.at(-1) ?? run.startedAtMs),
      );
      const fromMs = Math.min(...lastTimes);
      const runIds = some.map(({ runId }) => runId);
      const answer = await readLines({
        wanted: keys.map((key) => ({ key, runIds })),
        buckets,
        within: {
          by: 'timeMs',
          from: lastTimes.map(() => fromMs),
          to: lastTimes.map(() => Number.POSITIVE_INFINITY),
        },
      });
      return pair(some, answer);
    }

    function pair(some: readonly ChartedRun[], answer: readonly SeriesPart[]): readonly RunLine[] {
      return keys.flatMap((key, keyAt) =>
        some.flatMap((run, runAt) => {
          const series = answer[keyAt * some.length + runAt];
          return series === undefined ? [] : [{ run, key, series }];
        }),
      );
    }

    function remember(run: ChartedRun, key: string, series: SeriesPart, added: number): void {
      const { status, pointCount } = run;
      memory.set(idOf(run, key), { series, status, pointCount, added });
    }

    function show(): void {
      setLines(
        keys.flatMap((key) =>
          runs.flatMap((run) => {
            const series = memory.get(idOf(run, key))?.series;
            return series === undefined || series.values.length === 0 ? [] : [{ run, key, series }];
          }),
        ),
      );
    }
  }, [runs, readAs]);
  return lines;
}

function idOf({ runId }: ChartedRun, key: string): string {
  return `${runId} ${key}`;
}

function planOf(run: ChartedRun, known: Known | undefined): 'all' | 'new' | 'nothing' {
  if (known === undefined) return 'all';
  // What ends may have been read anew from a better source.
  if (known.status !== run.status) return 'all';
  if (known.pointCount === run.pointCount) return 'nothing';
  return run.pointCount > known.pointCount && known.added < maxAdded ? 'new' : 'all';
}
