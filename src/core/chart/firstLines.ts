import type { RunId } from '../run/run';
import type { PackedLines } from '../series/packedLines';
import { automaticCards } from './automaticCards';
import { chartColumns } from './chartColumns';
import { arrangeCards, type ChartLayout } from './chartLayout';
import type { LinesRequest } from './linesRequest';
import { bucketsFor } from './lineThinning';
import { isComputed, type LineView } from './lineView';

/** So many cards are in view on most screens. */
export const firstCards = 2;

/** What a page that has just begun knows of itself before it knows its runs. */
export interface FirstView {
  /** Of the room for charts, in CSS pixels; rather too wide. */
  readonly widthPx: number;
  readonly lines: LineView;
  readonly layout: ChartLayout;
  readonly hiddenRuns: readonly RunId[];
}

/** The lines that a page will ask for first, read before it does. */
export interface FirstLines {
  readonly request: LinesRequest;
  readonly lines: PackedLines;
}

/** What the first cards of a page will ask for; undefined where they show no lines. */
export function firstLinesRequest(
  metrics: readonly { readonly key: string }[],
  runIds: readonly RunId[],
  { widthPx, lines, layout, hiddenRuns }: FirstView,
): LinesRequest | undefined {
  const shown = arrangeCards(automaticCards(metrics), layout).filter(
    ({ id }) => !layout.hidden.includes(id),
  );
  const { columns, columnPx } = chartColumns(layout, shown, widthPx);
  const hidden = new Set(hiddenRuns);
  const wantedIds = runIds.filter((runId) => !hidden.has(runId));
  const wanted = shown.slice(0, firstCards).flatMap(({ id, spec, section }) => {
    if (spec.kind !== 'line' || layout.closedSections.includes(section)) return [];
    const span = Math.min(layout.sizes[id]?.span ?? 1, columns);
    const lineCount = wantedIds.length * spec.metrics.length;
    return spec.metrics.map((key) => ({
      line: { key, runIds: wantedIds },
      buckets: bucketsFor(columnPx * span, lineCount, isComputed(lines)),
    }));
  });
  const buckets = Math.max(...wanted.map((each) => each.buckets));
  if (wanted.length === 0 || wantedIds.length === 0) return undefined;
  return { wanted: wanted.map(({ line }) => line), buckets };
}
