import type { RunId } from '../../src/core/run/run';
import type { ChartedRun } from '../../src/protocol/chartsPage';

/** The runs of the legend: pinned ones first, those that contain the text. */
export function legendRuns(
  runs: readonly ChartedRun[],
  pinned: ReadonlySet<RunId>,
  filter: string,
): readonly ChartedRun[] {
  const wanted = filter.trim().toLowerCase();
  const found =
    wanted === '' ? runs : runs.filter(({ name }) => name.toLowerCase().includes(wanted));
  if (pinned.size === 0) return found;
  const isPinned = ({ runId }: ChartedRun) => pinned.has(runId);
  return [...found.filter(isPinned), ...found.filter((run) => !isPinned(run))];
}

/** All but one hidden; all shown again if they are so already. */
export function soloRun(
  runs: readonly ChartedRun[],
  hidden: ReadonlySet<RunId>,
  runId: RunId,
): readonly RunId[] {
  const others = runs.flatMap((run) => (run.runId === runId ? [] : [run.runId]));
  const isSolo = !hidden.has(runId) && others.every((other) => hidden.has(other));
  return isSolo ? [] : others;
}

/** A set with an item put in or taken out. */
export function toggled<T>(items: readonly T[], item: T): readonly T[] {
  return items.includes(item) ? items.filter((other) => other !== item) : [...items, item];
}
