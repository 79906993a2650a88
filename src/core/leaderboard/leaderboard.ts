import type { Run, RunId } from '../run/run';
import type { Steps } from '../steps';
import { type Contender, createConfigurationKeys } from './configuration';
import type { RunData } from './dataSet';
import { type Goal, type Rank, rankGroups, type ScoredGroup } from './rank';

/** Why a run is not on the board. */
export type LeftOutReason =
  | 'otherData'
  | 'noData'
  | 'dataNotRead'
  | 'metricMissing'
  | 'notANumber'
  | 'hasParts'
  | 'running'
  | 'failed'
  | 'killed'
  | 'interrupted';

export interface LeaderboardOptions {
  readonly goal: Goal;
  /** Undefined: the data that most runs read. */
  readonly dataKey?: string | undefined;
  /** Ranks runs whose data nobody knows beside the others. */
  readonly withUnknownData: boolean;
  readonly isByCode: boolean;
  readonly isUncounted: (key: string) => boolean;
}

export interface LeaderboardEntry extends Contender {
  /** What the goal's metric gave; undefined where the run has no such metric. */
  readonly value: number | undefined;
  readonly data: RunData;
  readonly hasParts: boolean;
}

export interface RankedGroup extends Rank {
  /** The best first. */
  readonly entries: readonly (LeaderboardEntry & { readonly value: number })[];
}

export interface DataSet {
  readonly key: string;
  /** As one of its runs calls the files. */
  readonly names: readonly string[];
  /** How many runs that could be ranked read it. */
  readonly runCount: number;
}

export interface Leaderboard {
  readonly groups: readonly RankedGroup[];
  readonly leftOut: ReadonlyMap<LeftOutReason, readonly RunId[]>;
  /** Those that most runs read first. */
  readonly dataSets: readonly DataSet[];
  /** The one that is ranked; undefined where no data is known. */
  readonly dataKey: string | undefined;
  /** How many runs on the board have data that nobody knows. */
  readonly unknownDataCount: number;
}

/** Builds a leaderboard entry by entry and step by step, so that many do not hold up a thread. */
export interface LeaderboardBuilder {
  add(entry: LeaderboardEntry): void;
  finish(): Steps<Leaderboard>;
}

type Able = LeaderboardEntry & { readonly value: number };

export function createLeaderboard(options: LeaderboardOptions): LeaderboardBuilder {
  const { isByCode, isUncounted, withUnknownData } = options;
  const leftOut = new Map<LeftOutReason, RunId[]>();
  const able = new Map<string, { readonly entries: Able[]; readonly names: readonly string[] }>();
  const unknown: { readonly entry: Able; readonly reason: LeftOutReason }[] = [];
  const groupKeys = new Map<RunId, string>();

  const keyOf = createConfigurationKeys(isUncounted, isByCode);

  const leave = (reason: LeftOutReason, { id }: Run) => {
    const some = leftOut.get(reason);
    if (some) some.push(id);
    else leftOut.set(reason, [id]);
  };

  return {
    add(entry) {
      const { run, data, value } = entry;
      const reason = whyNot(entry);
      if (reason !== undefined || value === undefined) {
        leave(reason ?? 'metricMissing', run);
        return;
      }
      const key = keyOf(entry);
      // What nobody knows the data of is no repetition of what read known data.
      groupKeys.set(run.id, data.kind === 'known' ? key : `?${key}`);
      const ableEntry = { ...entry, value };
      if (data.kind !== 'known') {
        unknown.push({ entry: ableEntry, reason: data.kind === 'none' ? 'noData' : 'dataNotRead' });
        return;
      }
      const set = able.get(data.key);
      if (set) set.entries.push(ableEntry);
      else able.set(data.key, { entries: [ableEntry], names: data.names });
    },
    *finish() {
      const dataSets = [...able]
        .map(([key, { entries, names }]) => ({ key, names, runCount: entries.length }))
        .sort((a, b) => b.runCount - a.runCount || (a.key < b.key ? -1 : 1));
      const dataKey = able.has(options.dataKey ?? '') ? options.dataKey : dataSets[0]?.key;
      const ranked: Able[] = [];
      for (const [key, { entries }] of able) {
        if (key === dataKey) for (const entry of entries) ranked.push(entry);
        else for (const { run } of entries) leave('otherData', run);
      }
      let unknownDataCount = 0;
      for (const { entry, reason } of unknown) {
        if (withUnknownData) {
          ranked.push(entry);
          unknownDataCount += 1;
        } else leave(reason, entry.run);
      }
      const groups = new Map<string, Able[]>();
      for (const entry of ranked) {
        const key = groupKeys.get(entry.run.id) ?? '';
        const group = groups.get(key);
        if (group) group.push(entry);
        else groups.set(key, [entry]);
        yield;
      }
      return {
        groups: yield* rank(groups, options.goal),
        ...{ leftOut, dataSets, dataKey, unknownDataCount },
      };
    },
  };
}

/** What keeps a run off any board; data apart, which is chosen when all are known. */
function whyNot({ run, value, hasParts }: LeaderboardEntry): LeftOutReason | undefined {
  if (run.status !== 'finished') return run.status;
  if (value === undefined) return hasParts ? 'hasParts' : 'metricMissing';
  return Number.isFinite(value) ? undefined : 'notANumber';
}

function* rank(
  groups: ReadonlyMap<string, readonly Able[]>,
  goal: Goal,
): Steps<readonly RankedGroup[]> {
  const scored: ScoredGroup[] = [];
  for (const [key, entries] of groups) {
    scored.push({ key, values: entries.map(({ value }) => value) });
    yield;
  }
  const sign = goal.direction === 'higher' ? -1 : 1;
  const ranked: RankedGroup[] = [];
  for (const group of yield* rankGroups(scored, goal)) {
    const entries = groups.get(group.key) ?? [];
    ranked.push({ ...group, entries: entries.toSorted((a, b) => sign * (a.value - b.value)) });
    yield;
  }
  return ranked;
}
