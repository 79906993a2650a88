import { formatDuration } from '../../src/core/format/formatTime';
import { dayKey, timeOfDay } from '../../src/core/present/describeDay';
import { describeMetricChange } from '../../src/core/present/describeResult';
import { isBetter } from '../../src/core/run/metricDirection';
import type {
  CellHistoryData,
  CellHistoryState,
  MetricChange,
  VersionChoice,
  VersionDetail,
  VersionRow,
} from '../../src/protocol/cellHistoryPage';

/** Where the version on show stands in the list; the newest if it is not there. */
export function chosenIndex(
  versions: CellHistoryData['versions'],
  { version }: Pick<CellHistoryState, 'version'>,
): number {
  const index = versions.findIndex(({ key }) => key === version);
  return index === -1 ? versions.length - 1 : index;
}

/** The version that the chosen one is held against; undefined for none, or where there is none. */
export function otherVersion(
  versions: CellHistoryData['versions'],
  index: number,
  against: VersionChoice,
): VersionRow | undefined {
  if (against === 'none') return undefined;
  if (against === 'before') return versions[index - 1];
  const other =
    against === 'newest' ? versions.at(-1) : versions.find(({ key }) => key === against);
  return other === versions[index] ? undefined : other;
}

/** `14:05:09`, with its date if it is not of today. */
export function momentText(atMs: number, nowMs: number): string {
  const day = dayKey(atMs);
  return day === dayKey(nowMs) ? `Today ${timeOfDay(atMs)}` : `${day} ${timeOfDay(atMs)}`;
}

/** When a version was there: `Today 14:05:09`, or from when until when. */
export function timeText({ firstAtMs, lastAtMs }: VersionRow, nowMs: number): string {
  const last = momentText(lastAtMs, nowMs);
  if (firstAtMs === lastAtMs) return last;
  const isOneDay = dayKey(firstAtMs) === dayKey(lastAtMs);
  return `${momentText(firstAtMs, nowMs)} – ${isOneDay ? timeOfDay(lastAtMs) : last}`;
}

/** `+2 −1 lines`; undefined for the first. */
export function linesText({ added, removed }: VersionRow): string | undefined {
  if (added + removed === 0) return undefined;
  const parts = [added > 0 ? `+${added}` : '', removed > 0 ? `−${removed}` : ''].filter(Boolean);
  return `${parts.join(' ')} ${added + removed === 1 ? 'line' : 'lines'}`;
}

export function metricText(metric: MetricChange): string {
  return describeMetricChange(metric);
}

/** Whether a metric got better or worse; undefined where nobody can tell. */
export function trendOf({
  value,
  before,
  direction,
}: MetricChange): 'better' | 'worse' | undefined {
  if (before === undefined || direction === undefined || value === before) return undefined;
  if (isBetter(direction, value, before)) return 'better';
  return isBetter(direction, before, value) ? 'worse' : undefined;
}

/** How often the version ran, as far as it was seen: `ran 3 times, last 1.2 s, failed`. */
export function executionText({ executions, executionCount }: VersionDetail): string | undefined {
  const [last] = executions;
  if (last === undefined) return undefined;
  const times =
    executionCount === 1 ? 'Ran once' : `Ran ${executionCount.toLocaleString('en')} times`;
  const took =
    last.endedAtMs === undefined ? '' : `, ${formatDuration(last.endedAtMs - last.startedAtMs)}`;
  const end =
    last.succeeded === false ? ', failed' : last.succeeded === undefined ? ', interrupted' : '';
  return `${times}${executionCount > 1 && took !== '' ? `, last${took.slice(1)}` : took}${end}`;
}

/** Where a key of the list leads, from 0 at its top; undefined for a key that does not move. */
export function movedIndex(
  key: string,
  index: number,
  count: number,
  pageSize: number,
): number | undefined {
  const moves: Readonly<Record<string, number>> = {
    ArrowDown: index + 1,
    ArrowUp: index - 1,
    PageDown: index + pageSize,
    PageUp: index - pageSize,
    Home: 0,
    End: count - 1,
  };
  const moved = moves[key];
  return moved === undefined ? undefined : Math.max(0, Math.min(count - 1, moved));
}
