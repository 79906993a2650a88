import {
  type BoardQuery,
  createMetricCensus,
  type MetricCensus,
  summaryFigure,
} from '../../core/leaderboard/boardQuery';
import { costOf, type Prices, type ReachedGroup, reachedAtMs } from '../../core/leaderboard/cost';
import { dataOf, modelsOf, type RunData } from '../../core/leaderboard/dataSet';
import { createLeaderboard, type Leaderboard } from '../../core/leaderboard/leaderboard';
import { type ShownBoard, showBoard } from '../../core/leaderboard/shownBoard';
import { createUncounted } from '../../core/leaderboard/uncountedParams';
import { withoutArchived } from '../../core/run/archived';
import type { MetricDirection } from '../../core/run/metricDirection';
import type { Run, RunFile } from '../../core/run/run';
import { parseSearch } from '../../core/search/parseSearch';
import { pointsField } from '../../core/search/pointsField';
import { UserError } from '../../core/userError';
import type { Store } from '../../store/store';
import { createPause, inTurns } from '../pause';
import type { RecordCache } from '../recordCache';

export interface LeaderboardPorts {
  readonly cache: Pick<RecordCache, 'ready' | 'runs' | 'run' | 'partsOf'>;
  readonly store: Pick<Store, 'listRunIds' | 'readFigures' | 'listInputs' | 'readThinnedSeries'>;
  readonly prices: () => Prices;
  readonly now: () => number;
}

/** Ranks the runs of the record. */
export interface LeaderboardReader {
  /** Rejects with a `UserError` if the search has an error. */
  read(query: BoardQuery): Promise<ShownBoard>;
  /** What it took the runs of some rows of the last board to reach the target. */
  readReached(keys: readonly string[], query: BoardQuery): Promise<readonly ReachedGroup[]>;
}

interface Inputs {
  readonly data: RunData;
  readonly models: string;
}

/** Others have their turn after so much work. */
const sliceMs = 5;
/** So many runs cross with what they read in one message. */
const inputsAtOnce = 500;
/** A series that has no more points is looked at whole; of others the first to reach it is near enough. */
const reachedBuckets = 20_000;
/** Series of one row that are looked at. */
const maxReachedRuns = 20;

export function createLeaderboardReader(ports: LeaderboardPorts): LeaderboardReader {
  const { cache, store, prices, now } = ports;
  /** By the run as it is: where anything is recorded of it, another object takes its place. */
  const inputs = new WeakMap<Run, Inputs>();
  let reads = 0;
  /** Of the board that was asked for last, whichever was ready last. */
  let lastGroups = new Map<string, readonly Run[]>();

  async function readInputs(runs: readonly Run[]): Promise<void> {
    const unread = runs.filter((run) => !inputs.has(run));
    const pause = createPause(sliceMs);
    for (let at = 0; at < unread.length; at += inputsAtOnce) {
      const some = unread.slice(at, at + inputsAtOnce);
      const files = await store.listInputs(some.map(({ id }) => id));
      for (const run of some) {
        inputs.set(run, toInputs(files.get(run.id) ?? []));
        await pause();
      }
    }
  }

  async function findRuns(search: string): Promise<readonly Run[]> {
    const all = cache.runs();
    if (search.trim() === '') return withoutArchived(all);
    const parsed = parseSearch(search);
    if (parsed.error) throw new UserError(`The search cannot be read: ${parsed.error.message}`);
    const ids = await store.listRunIds({ search: parsed.node });
    return ids.flatMap((id) => cache.run(id) ?? []);
  }

  async function takeCensus(runs: readonly Run[]): Promise<Census> {
    const metrics = createMetricCensus();
    const params = new Set<string>();
    const pause = createPause(sliceMs);
    for (const run of runs) {
      metrics.add(run);
      for (const { key } of run.params) params.add(key);
      await pause();
    }
    return { metrics, params };
  }

  /** What the goal's figure gives for each run; undefined where it has no such metric. */
  async function readValues(
    runs: readonly Run[],
    metric: string,
    { figure, figureNumber }: BoardQuery,
  ): Promise<(at: number) => number | undefined> {
    const summaryOf = (run: Run | undefined) => run?.metrics.find(({ key }) => key === metric);
    if (figure !== 'mean' && figure !== 'at') {
      return (at) => {
        const summary = summaryOf(runs[at]);
        return summary && summaryFigure(summary, figure);
      };
    }
    const field = pointsField(metric, figure, figureNumber);
    const [column] = await store.readFigures(
      runs.map(({ id }) => id),
      [field],
    );
    return (at) => {
      if (summaryOf(runs[at]) === undefined) return undefined;
      const value = column?.[at];
      // A run that never came to this step has no such value, as one without the metric.
      return value === undefined || (figure === 'at' && Number.isNaN(value)) ? undefined : value;
    };
  }

  async function rank(
    runs: readonly Run[],
    query: BoardQuery,
    metric: string,
    direction: MetricDirection,
    isUncounted: (key: string) => boolean,
  ): Promise<Leaderboard> {
    await readInputs(withWholes(runs));
    const valueAt = await readValues(runs, metric, query);
    const { isByCode, withUnknownData, dataKey, target } = query;
    const builder = createLeaderboard({
      ...{ goal: { direction, target }, dataKey, withUnknownData, isByCode, isUncounted },
    });
    const pause = createPause(sliceMs);
    for (const [at, run] of runs.entries()) {
      const whole = run.parentId === undefined ? undefined : cache.run(run.parentId);
      builder.add({
        ...{ run, whole, value: valueAt(at) },
        ...ownOrWholeInputs(run, whole),
        hasParts: cache.partsOf(run.id).length > 0,
      });
      await pause();
    }
    return inTurns(builder.finish(), pause);
  }

  /** What a run is a part of, too: the files are recorded with the whole. */
  function withWholes(runs: readonly Run[]): readonly Run[] {
    const wholes = runs.flatMap(({ parentId }) => (parentId && cache.run(parentId)) || []);
    return wholes.length === 0 ? runs : [...new Set([...runs, ...wholes])];
  }

  function ownOrWholeInputs(run: Run, whole: Run | undefined): Inputs {
    const own = inputs.get(run) ?? toInputs([]);
    return own.data.kind === 'none' && whole !== undefined ? (inputs.get(whole) ?? own) : own;
  }

  return {
    async read(query) {
      reads += 1;
      const mine = reads;
      await cache.ready;
      const runs = await findRuns(query.search);
      const census = await takeCensus(runs);
      const metric = query.metric ?? census.metrics.main();
      const named = metric === undefined ? undefined : census.metrics.directionOf(metric);
      const known = query.direction ?? named;
      const direction = known ?? 'higher';
      const isUncounted = createUncounted(query);
      const price = prices();
      const base = {
        ...(metric === undefined ? {} : { metric }),
        ...{ direction, isDirectionKnown: known !== undefined },
        metrics: census.metrics.metrics().slice(0, maxOptions),
        params: [...census.params]
          .slice(0, maxOptions)
          .map((key) => ({ key, isCounted: !isUncounted(key) })),
        ...{ runCount: withoutArchived(cache.runs()).length, foundCount: runs.length },
        currency: price.currency,
        hasPrice: price.perHour !== undefined || price.perHardware.length > 0,
      };
      if (metric === undefined) {
        if (mine === reads) lastGroups = new Map();
        return {
          ...base,
          ...{ rows: [], rowCount: 0, rankedCount: 0, leftOut: [], dataSets: [] },
          unknownDataCount: 0,
        };
      }
      const board = await rank(runs, query, metric, direction, isUncounted);
      if (mine === reads) {
        lastGroups = new Map(
          board.groups.map(({ key, entries }) => [key, entries.map(({ run }) => run)]),
        );
      }
      const shown = await inTurns(
        showBoard(board, { isUncounted, prices: price, nowMs: now(), runOf: cache.run }),
        createPause(sliceMs),
      );
      return {
        ...base,
        ...shown,
        ...(board.dataKey === undefined ? {} : { dataKey: board.dataKey }),
      };
    },
    async readReached(keys, query) {
      const { metric, target, direction = 'higher' } = query;
      if (metric === undefined || target === undefined) return [];
      const price = prices();
      const reached: ReachedGroup[] = [];
      for (const key of keys) {
        // What its extremes say of a run costs no reading.
        const there = (lastGroups.get(key) ?? []).filter((run) => {
          const summary = run.metrics.find((each) => each.key === metric);
          const extreme = direction === 'higher' ? summary?.max : summary?.min;
          return extreme !== undefined && isReached(extreme, direction, target);
        });
        const taken: { readonly durationMs: number; readonly cost: number | undefined }[] = [];
        for (const run of there.slice(0, maxReachedRuns)) {
          const series = await store.readThinnedSeries(run.id, metric, reachedBuckets);
          const atMs = reachedAtMs(series.values, series.timesMs, direction, target);
          if (atMs === undefined) continue;
          const durationMs = Math.max(0, atMs - run.startedAtMs);
          taken.push({ durationMs, cost: costOf(run, durationMs, price) });
        }
        const counts = { reachedCount: there.length, timedCount: taken.length };
        reached.push({ key, ...counts, ...meansOf(taken) });
      }
      return reached;
    },
  };
}

/** So many metrics and params are offered to choose from. */
const maxOptions = 500;

interface Census {
  readonly metrics: MetricCensus;
  readonly params: ReadonlySet<string>;
}

function toInputs(files: readonly RunFile[]): Inputs {
  return { data: dataOf(files), models: modelsOf(files) };
}

function isReached(value: number, direction: MetricDirection, target: number): boolean {
  return direction === 'higher' ? value >= target : value <= target;
}

function meansOf(
  taken: readonly { readonly durationMs: number; readonly cost: number | undefined }[],
): Pick<ReachedGroup, 'durationMs' | 'cost'> {
  if (taken.length === 0) return {};
  const durationMs = taken.reduce((sum, each) => sum + each.durationMs, 0) / taken.length;
  const costs = taken.flatMap(({ cost }) => cost ?? []);
  if (costs.length < taken.length) return { durationMs };
  return { durationMs, cost: costs.reduce((sum, cost) => sum + cost, 0) / costs.length };
}
