import type { Checkpoint, CheckpointKind } from '../checkpoint/checkpoint';
import { groupByDay } from '../checkpoint/groupByDay';
import { tagTexts } from '../present/describeRun';
import type { CheckpointId, Run } from '../run/run';

/** What of the checkpoints is on show. */
export interface TimelineFilter {
  /** Path; all notebooks if left out. */
  readonly notebook?: string;
  readonly kind?: CheckpointKind;
  readonly starred: boolean;
  /** Only those that hold the code of a run. */
  readonly withRuns: boolean;
  /** In the notebook's path, a tag, the note, or where it came from; in any case. */
  readonly text: string;
}

/** A line of the timeline, newest first. */
export type TimelineEntry =
  | { readonly kind: 'day'; readonly day: string; readonly count: number }
  | { readonly kind: 'checkpoint'; readonly checkpoint: Checkpoint; readonly inBurst: boolean }
  /** Small saves one after the other, newest first; `key` is the id of the newest. */
  | {
      readonly kind: 'burst';
      readonly key: string;
      readonly checkpoints: readonly Checkpoint[];
      readonly isOpen: boolean;
    };

const burstGapMs = 5 * 60_000;
const minBurst = 3;
/** Cells that a small save changes at most. */
const smallChange = 2;

/**
 * @param checkpoints newest first.
 * @param opened keys of the bursts that the user opened.
 */
export function layOutTimeline(
  checkpoints: readonly Checkpoint[],
  filter: TimelineFilter,
  runsOf: (id: CheckpointId) => readonly Run[],
  opened: ReadonlySet<string>,
): readonly TimelineEntry[] {
  const text = filter.text.trim().toLowerCase();
  const shown = checkpoints.filter(
    (each) =>
      (filter.notebook === undefined || each.notebook === filter.notebook) &&
      (filter.kind === undefined || each.kind === filter.kind) &&
      (!filter.starred || each.starred) &&
      (!filter.withRuns || runsOf(each.id).length > 0) &&
      (text === '' || searchText(each).includes(text)),
  );
  const entries: TimelineEntry[] = [];
  for (const { day, items: own } of groupByDay(shown)) {
    entries.push({ kind: 'day', day, count: own.length });
    for (let at = 0; at < own.length; ) {
      const end = burstEnd(own, at, runsOf);
      const burst = own.slice(at, end);
      const key = burst[0]?.id ?? '';
      const isBurst = burst.length >= minBurst;
      const isOpen = opened.has(key);
      if (isBurst) entries.push({ kind: 'burst', key, checkpoints: burst, isOpen });
      if (!isBurst || isOpen) {
        for (const checkpoint of burst) {
          entries.push({ kind: 'checkpoint', checkpoint, inBurst: isBurst });
        }
      }
      at = end;
    }
  }
  return entries;
}

/** Where the small saves end that begin at `from`; the next index if it is none. */
function burstEnd(
  own: readonly Checkpoint[],
  from: number,
  runsOf: (id: CheckpointId) => readonly Run[],
): number {
  let end = from;
  while (end < own.length) {
    const [here, before] = [own[end], own[end - 1]];
    if (!here || !isSmall(here) || runsOf(here.id).length > 0) break;
    const isNext =
      end === from ||
      (before?.notebook === here.notebook && before.takenAtMs - here.takenAtMs <= burstGapMs);
    if (!isNext) break;
    end += 1;
  }
  return Math.max(end, from + 1);
}

/** A save of a few cells that nobody said anything of. */
function isSmall({ kind, changes, starred, tags, note, problem }: Checkpoint): boolean {
  if (kind !== 'save' || changes === undefined || problem !== undefined) return false;
  if (starred || note !== undefined || Object.keys(tags).length > 0) return false;
  return changes.changed + changes.added + changes.removed + changes.moved <= smallChange;
}

function searchText({ notebook, tags, note, origin }: Checkpoint): string {
  return [notebook, ...tagTexts(tags), note, origin].filter(Boolean).join('\n').toLowerCase();
}

/** The runs of each checkpoint, and for each of them the run of the same code before it. */
export function collectCheckpointRuns(runs: readonly Run[]): {
  readonly of: (id: CheckpointId) => readonly Run[];
  readonly before: (run: Run) => Run | undefined;
} {
  const byCheckpoint = new Map<CheckpointId, Run[]>();
  const before = new Map<Run, Run>();
  const newer = new Map<string, Run>();
  for (const run of runs) {
    const { checkpointId, source } = run;
    if (source.kind !== 'notebook') continue;
    if (checkpointId !== undefined) {
      const list = byCheckpoint.get(checkpointId);
      if (list) list.push(run);
      else byCheckpoint.set(checkpointId, [run]);
    }
    const cell = `${source.notebook}\n${source.cellId ?? source.cellIndex}`;
    const next = newer.get(cell);
    if (next) before.set(next, run);
    newer.set(cell, run);
  }
  return { of: (id) => byCheckpoint.get(id) ?? [], before: (run) => before.get(run) };
}
