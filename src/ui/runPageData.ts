import { workspace } from 'vscode';
import type { RecordCache } from '../app/recordCache';
import { describeCost } from '../core/leaderboard/cost';
import { compareMetrics } from '../core/present/compareMetrics';
import { mainMetric } from '../core/run/mainMetric';
import { topRuns } from '../core/run/parts';
import type { PinnedKeys } from '../core/run/pinnedKeys';
import type { Run, RunId } from '../core/run/run';
import { runBefore } from '../core/run/runBefore';
import { runName } from '../core/run/runName';
import { readPriceSettings } from '../platform/settings';
import type { NamedRun, RunChange, RunPageData, RunPart } from '../protocol/runPage';

/** What the record's cache knows of a run, for its page. */
export function readRunPage(
  runId: RunId,
  cache: RecordCache,
  baselineId: RunId | undefined,
  pinned: PinnedKeys,
): RunPageData {
  const run = cache.run(runId);
  if (run === undefined) {
    return { runId, name: 'Run', parts: [], isBaseline: false, canRunAgain: false, pinned };
  }
  const parent = run.parentId === undefined ? undefined : cache.run(run.parentId);
  const siblings = parent ? cache.partsOf(parent.id).toReversed() : topRuns(cache.runs());
  const at = siblings.findIndex(({ id }) => id === runId);
  const newer = at > 0 ? siblings[at - 1] : undefined;
  const older = at >= 0 ? siblings[at + 1] : undefined;
  const before = runBefore(run, cache.runs());
  const cost = describeCost(run, readPriceSettings(), Date.now());
  const isBaseline = baselineId === runId;
  const baseline = baselineId === undefined ? undefined : cache.run(baselineId);
  const checkpoint =
    run.checkpointId === undefined ? undefined : cache.checkpoint(run.checkpointId);
  return {
    ...{ runId, run, name: runName(run), isBaseline },
    ...(parent && { parent: toNamed(parent) }),
    parts: cache.partsOf(runId).map(toPart),
    ...(newer && { newer: toNamed(newer) }),
    ...(older && { older: toNamed(older) }),
    ...(before && { sinceBefore: toChange(before, run) }),
    ...(baseline && !isBaseline && { sinceBaseline: toChange(baseline, run) }),
    ...(checkpoint && { checkpoint }),
    ...(cost === undefined ? {} : { cost }),
    canRunAgain: workspace.isTrusted,
    pinned,
  };
}

function toNamed(run: Run): NamedRun {
  return { runId: run.id, name: runName(run) };
}

function toPart(run: Run): RunPart {
  const { status, startedAtMs, endedAtMs, params } = run;
  const metric = mainMetric(run.metrics);
  return {
    ...toNamed(run),
    ...{ status, startedAtMs, params },
    ...(endedAtMs === undefined ? {} : { endedAtMs }),
    ...(metric && { metric: { key: metric.key, last: metric.last } }),
  };
}

function toChange(old: Run, fresh: Run): RunChange {
  const main = mainMetric(fresh.metrics)?.key;
  const metric = compareMetrics(old, fresh).find(({ key }) => key === main);
  return { to: toNamed(old), ...(metric && { metric }) };
}
