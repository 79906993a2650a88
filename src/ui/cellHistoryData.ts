import type { Checkpoint } from '../core/checkpoint/checkpoint';
import type { TraceData, TracedVersion } from '../core/history/traceData';
import { firstMs, lastMs } from '../core/history/traceData';
import type { VersionRuns } from '../core/history/versionRuns';
import { cutText } from '../core/notebook/view/shownMedium';
import { tagTexts } from '../core/present/describeRun';
import { mainMetric } from '../core/run/mainMetric';
import type { CheckpointId, MetricSummary, Run } from '../core/run/run';
import { runName } from '../core/run/runName';
import { isSystemMetric } from '../core/run/systemMetric';
import type {
  CellHistoryData,
  MetricChange,
  OtherCell,
  VersionCheckpoint,
  VersionDetail,
  VersionRow,
} from '../protocol/cellHistoryPage';

/** What the page of a cell's history shows, put together from its trace and its runs. */
export function toHistoryData(
  trace: TraceData,
  runs: VersionRuns,
  { notebook, language }: { readonly notebook: string; readonly language: string },
): CellHistoryData {
  const { last, isCurrent, versions, lives, splitFrom, mergedInto } = trace;
  return {
    ...{ notebook, language, isCurrent, cellIndex: last.cellIndex },
    versions: toRows(trace, runs),
    absences: lives.slice(1).map((life, index) => ({
      fromMs: lives[index]?.last.atMs ?? life.first.atMs,
      toMs: life.first.atMs,
    })),
    ...(splitFrom && versions.length > 0 ? { splitFrom: toOther(splitFrom) } : {}),
    ...(mergedInto && !isCurrent ? { mergedInto: toOther(mergedInto) } : {}),
  };
}

export function toVersionDetail(
  trace: TraceData,
  version: TracedVersion,
  runs: VersionRuns,
  findCheckpoint: (id: CheckpointId) => Checkpoint | undefined,
): VersionDetail {
  const { number, kind, source, spans, results, executions, executionCount } = version;
  const shown = cutText(source);
  const own = runs.of(source, trace.ids);
  const earlier = trace.versions
    .slice(0, trace.versions.indexOf(version))
    .toReversed()
    .flatMap((each) => runs.of(each.source, trace.ids));
  const checkpointId = spans.at(-1)?.last.checkpointId;
  const checkpoint = checkpointId && findCheckpoint(checkpointId);
  return {
    ...{ key: number, kind, source: shown.text, executionCount },
    ...(shown.cut && { sourceCut: shown.cut }),
    spans: spans.map(({ first, last }) => ({ firstAtMs: first.atMs, lastAtMs: last.atMs })),
    results: results.toReversed().map(({ keys, first, last }) => ({
      ...{ checkpointId: last.checkpointId, cellIndex: last.cellIndex },
      ...{ firstAtMs: first.atMs, lastAtMs: last.atMs, outputCount: keys.length },
    })),
    executions: executions.toReversed(),
    runs: own.map((run, index) => ({
      ...{ id: run.id, name: runName(run), status: run.status, startedAtMs: run.startedAtMs },
      metrics: run.metrics
        .filter(({ key }) => !isSystemMetric(key))
        .map((metric) => toChange(metric, [...own.slice(index + 1), ...earlier])),
    })),
    ...(checkpoint ? { checkpoint: toCheckpoint(checkpoint) } : {}),
  };
}

function toRows(trace: TraceData, runs: VersionRuns): readonly VersionRow[] {
  const { versions, ids, isCurrent, last } = trace;
  const earlier: Run[] = [];
  return versions.map((version) => {
    const [run] = runs.of(version.source, ids);
    const metric = run && mainMetric(run.metrics);
    const change = metric && toChange(metric, earlier);
    if (run) earlier.unshift(run);
    const lastSpan = version.spans.at(-1);
    return {
      ...{ key: version.number, added: version.added, removed: version.removed },
      firstLine: firstLine(version.source),
      firstAtMs: firstMs(version),
      lastAtMs: lastMs(version),
      isCurrent: isCurrent && lastSpan?.last.checkpointId === last.checkpointId,
      onlyRan: version.spans.length === 0,
      resultCount: version.results.length,
      ...(change ? { metric: change } : {}),
    };
  });
}

/** @param earlier the runs before it, newest first. */
function toChange({ key, last, direction }: MetricSummary, earlier: readonly Run[]): MetricChange {
  const before = earlier
    .flatMap(({ metrics }) => metrics.find((metric) => metric.key === key) ?? [])
    .at(0)?.last;
  return {
    ...{ key, value: last },
    ...(before === undefined ? {} : { before }),
    ...(direction === undefined ? {} : { direction }),
  };
}

function toOther({ atMs, other }: NonNullable<TraceData['splitFrom']>): OtherCell {
  return { atMs, cell: { checkpointId: other.checkpointId, cellIndex: other.cellIndex } };
}

function toCheckpoint(checkpoint: Checkpoint): VersionCheckpoint {
  const { id, kind, takenAtMs, origin, starred, tags, note } = checkpoint;
  return {
    ...{ id, kind, takenAtMs, starred, tags: tagTexts(tags) },
    ...(origin === undefined ? {} : { origin }),
    ...(note === undefined ? {} : { note }),
  };
}

const maxFirstLine = 120;

function firstLine(source: string): string {
  const line = source.split('\n').find((each) => each.trim() !== '');
  return (line ?? '').trim().slice(0, maxFirstLine);
}
