import { durationMs } from '../present/describeRun';
import type { MetricDirection } from '../run/metricDirection';
import type { Param, Run, RunId } from '../run/run';
import { baseName, runName, sourceName } from '../run/runName';
import type { Steps } from '../steps';
import { countedParams } from './configuration';
import { costOf, type Prices } from './cost';
import type { Leaderboard, LeftOutReason, RankedGroup } from './leaderboard';

export interface BoardRun {
  readonly id: RunId;
  readonly name: string;
  readonly value: number;
  /** `seed=1`: the params that do not count. */
  readonly repeats: string;
  readonly startedAtMs: number;
  readonly durationMs: number;
  readonly cost?: number;
}

/** One configuration. */
export interface BoardRow {
  readonly key: string;
  readonly rank: number;
  readonly script: string;
  /** The params that are not the same for all rows. */
  readonly params: readonly Pick<Param, 'key' | 'value'>[];
  readonly mean: number;
  readonly deviation?: number;
  readonly count: number;
  /** Behind the target; 0 where it is reached. */
  readonly gap?: number;
  readonly isWithinNoise: boolean;
  readonly hasUnknownData: boolean;
  /** The best first, at most `maxBoardRuns`. */
  readonly runs: readonly BoardRun[];
  /** Of one run, in the mean. */
  readonly durationMs: number;
  /** Of all its runs together. */
  readonly totalCost?: number;
}

export interface LeftOut {
  readonly reason: LeftOutReason;
  readonly count: number;
  /** At most `maxLeftOutRuns`. */
  readonly runs: readonly Pick<BoardRun, 'id' | 'name' | 'startedAtMs'>[];
}

/** What is shown of a leaderboard. */
export interface ShownBoard {
  /** Undefined where no run has a metric. */
  readonly metric?: string;
  readonly direction: MetricDirection;
  /** Whether the user, a setting or its name says what is better; else higher is a guess. */
  readonly isDirectionKnown: boolean;
  /** Those that most runs have first. */
  readonly metrics: readonly { readonly key: string; readonly runCount: number }[];
  /** All params of these runs, and whether they count as configuration. */
  readonly params: readonly { readonly key: string; readonly isCounted: boolean }[];
  /** The best first, at most `maxBoardRows`. */
  readonly rows: readonly BoardRow[];
  readonly rowCount: number;
  readonly rankedCount: number;
  /** How many runs there are, and how many of them the search finds. */
  readonly runCount: number;
  readonly foundCount: number;
  readonly leftOut: readonly LeftOut[];
  /** Those that most runs read first, at most `maxDataSets`. */
  readonly dataSets: readonly {
    readonly key: string;
    readonly label: string;
    readonly runCount: number;
  }[];
  readonly dataKey?: string;
  readonly unknownDataCount: number;
  readonly currency: string;
  readonly hasPrice: boolean;
}

export const maxBoardRows = 300;
export const maxBoardRuns = 50;
export const maxLeftOutRuns = 100;
const maxDataSets = 200;
/** Params of a row; a configuration with more is told by its name. */
const maxParams = 30;

export interface ShowOptions {
  readonly isUncounted: (key: string) => boolean;
  readonly prices: Prices;
  readonly nowMs: number;
  readonly runOf: (runId: RunId) => Run | undefined;
}

/** The rows of a leaderboard, and what is not on it. */
export function* showBoard(
  board: Leaderboard,
  options: ShowOptions,
): Steps<
  Pick<
    ShownBoard,
    'rows' | 'rowCount' | 'rankedCount' | 'leftOut' | 'dataSets' | 'unknownDataCount'
  >
> {
  const groups = board.groups.slice(0, maxBoardRows);
  const params: BoardRow['params'][] = [];
  for (const { entries } of groups) {
    const [first] = entries;
    params.push(first === undefined ? [] : countedParams(first, options.isUncounted));
    yield;
  }
  const varying = varyingKeys(params);
  const rows: BoardRow[] = [];
  for (const [at, group] of groups.entries()) {
    const own = (params[at] ?? []).filter(({ key }) => varying.has(key));
    rows.push(toRow(group, own.slice(0, maxParams), options));
    yield;
  }
  return {
    rows,
    rowCount: board.groups.length,
    rankedCount: board.groups.reduce((sum, { entries }) => sum + entries.length, 0),
    leftOut: [...board.leftOut].map(([reason, ids]) => toLeftOut(reason, ids, options.runOf)),
    dataSets: board.dataSets.slice(0, maxDataSets).map(({ key, names, runCount }) => ({
      ...{ key, runCount },
      label: describeData(names, key),
    })),
    unknownDataCount: board.unknownDataCount,
  };
}

/** The keys that not all have with the same value. */
function varyingKeys(
  all: readonly (readonly Pick<Param, 'key' | 'value'>[])[],
): ReadonlySet<string> {
  const values = new Map<string, { readonly value: string; count: number; isSame: boolean }>();
  for (const params of all) {
    for (const { key, value } of params) {
      const known = values.get(key);
      if (known === undefined) values.set(key, { value, count: 1, isSame: true });
      else {
        known.count += 1;
        if (known.value !== value) known.isSame = false;
      }
    }
  }
  const varying = [...values].filter(([, { count, isSame }]) => !isSame || count < all.length);
  return new Set(varying.map(([key]) => key));
}

function toRow(
  { entries, key, rank, mean, deviation, count, gap, isWithinNoise }: RankedGroup,
  params: BoardRow['params'],
  { isUncounted, prices, nowMs }: ShowOptions,
): BoardRow {
  const durations = entries.map(({ run }) => durationMs(run, nowMs));
  const costs = entries.map(({ run }, at) => costOf(run, durations[at] ?? 0, prices));
  const total = sumOf(costs);
  const [best] = entries;
  const runs = entries.slice(0, maxBoardRuns).map(({ run, value }, at): BoardRun => {
    const cost = costs[at];
    return {
      ...{ id: run.id, name: runName(run), value, startedAtMs: run.startedAtMs },
      repeats: run.params
        .filter((param) => isUncounted(param.key))
        .map((param) => `${param.key}=${param.value}`)
        .join(' '),
      durationMs: durations[at] ?? 0,
      ...(cost === undefined ? {} : { cost }),
    };
  });
  return {
    ...{ key, rank, mean, count, isWithinNoise, params, runs },
    script: best === undefined ? '' : sourceName(best.run.source),
    hasUnknownData: best !== undefined && best.data.kind !== 'known',
    ...(deviation === undefined ? {} : { deviation }),
    ...(gap === undefined ? {} : { gap }),
    durationMs: durations.reduce((sum, each) => sum + each, 0) / Math.max(1, durations.length),
    ...(total === undefined ? {} : { totalCost: total }),
  };
}

/** Undefined if one is: a total with a part of it missing would be a lie. */
function sumOf(values: readonly (number | undefined)[]): number | undefined {
  let sum = 0;
  for (const value of values) {
    if (value === undefined) return undefined;
    sum += value;
  }
  return sum;
}

function toLeftOut(
  reason: LeftOutReason,
  ids: readonly RunId[],
  runOf: ShowOptions['runOf'],
): LeftOut {
  const runs = ids.slice(0, maxLeftOutRuns).flatMap((id) => {
    const run = runOf(id);
    return run === undefined ? [] : [{ id, name: runName(run), startedAtMs: run.startedAtMs }];
  });
  return { reason, count: ids.length, runs };
}

/** `train.csv, test.csv (3f2c8d1e)`: names alone do not tell versions of a file apart. */
function describeData(names: readonly string[], key: string): string {
  const [first = '', second, ...others] = names.map((name) => baseName(name.replace(/[/\\]$/, '')));
  const more = others.length === 0 ? '' : ` and ${others.length} more`;
  return `${second === undefined ? first : `${first}, ${second}`}${more} (${key.slice(0, 8)})`;
}
