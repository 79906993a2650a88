import { formatDelta, formatNumber } from '../format/formatNumber';
import { mainMetric } from '../run/mainMetric';
import { isBetter } from '../run/metricDirection';
import type { Run } from '../run/run';
import { type CodeComparison, changedLines } from './codeComparison';
import type { ComparedRow } from './comparedRow';
import { type ComparedFigure, type FiguresOfPoints, figureOf, metricDelta } from './metricRows';

/** What is known by now; what is still being read is left out. */
export interface KnownChanges {
  /** The base first. */
  readonly runs: readonly Run[];
  readonly figure: ComparedFigure;
  readonly ofPoints?: FiguresOfPoints | undefined;
  readonly params: readonly ComparedRow[];
  readonly code?: CodeComparison | undefined;
  readonly data?: readonly ComparedRow[] | undefined;
  readonly environment?: readonly ComparedRow[] | undefined;
}

/** So many params are named. */
const maxNamed = 3;

/** `lr 0.1 → 0.01, one line of train.py, val_acc 0.91 → 0.93 ▲ +0.02 better`; of more than two runs how many params vary. */
export function summarizeChanges(known: KnownChanges): string {
  const { runs, params, code, data, environment } = known;
  const parts = [
    runs.length === 2 ? describeParams(params) : describeVarying(params),
    code && describeCode(code),
    data && describeRows(data, 'data file', 'data files'),
    environment &&
      describeRows(environment, 'thing of the environment', 'things of the environment'),
  ].filter((part) => part !== undefined);
  const causes = parts.length === 0 ? ['the same params'] : parts;
  const metric = runs.length === 2 ? describeMetric(known) : describeBest(known);
  return [...causes, ...(metric === undefined ? [] : [metric])].join(', ');
}

function describeParams(params: readonly ComparedRow[]): string | undefined {
  const differing = params.filter(({ differs }) => differs);
  const named = differing.slice(0, maxNamed).map(({ label, cells: [base, other] }) => {
    if (base?.text === '') return `${label} added (${shorten(other?.text)})`;
    return other?.change === 'removed'
      ? `${label} removed`
      : `${label} ${shorten(base?.text)} → ${shorten(other?.text)}`;
  });
  const others = differing.length - named.length;
  return differing.length === 0
    ? undefined
    : [
        ...named,
        ...(others > 0 ? [`${others} more ${others === 1 ? 'param' : 'params'}`] : []),
      ].join(', ');
}

function shorten(text = ''): string {
  return text.length > 24 ? `${text.slice(0, 23)}…` : text;
}

function describeVarying(params: readonly ComparedRow[]): string | undefined {
  const differing = params.filter(({ differs }) => differs).map(({ label }) => label);
  if (differing.length === 0) return undefined;
  const [first = ''] = differing;
  return differing.length === 1 ? `${first} varies` : `${differing.length} params vary`;
}

/** `one line of train.py`, `12 lines in 3 files`. */
function describeCode({ parts, partsLeftOut }: CodeComparison): string | undefined {
  const known = parts.filter(({ change }) => change !== 'unknown');
  const [only] = known;
  if (only === undefined) return undefined;
  const lines = known.reduce((sum, part) => sum + changedLines(part), 0);
  if (known.length === 1 && partsLeftOut === 0) {
    if (only.change === 'added' && only.kind !== 'script') return `${only.title} added`;
    if (only.change === 'removed' && only.kind !== 'script') return `${only.title} removed`;
    return lines === 0
      ? `${only.title} changed`
      : `${lines === 1 ? 'one line' : `${lines.toLocaleString('en')} lines`} of ${only.title}`;
  }
  const isCells = known.every(({ kind }) => kind === 'cell');
  const count = known.length + partsLeftOut;
  return `${lines.toLocaleString('en')} ${lines === 1 ? 'line' : 'lines'} in ${count} ${isCells ? 'cells' : 'files'}`;
}

function describeRows(
  rows: readonly ComparedRow[],
  singular: string,
  plural: string,
): string | undefined {
  const differing = rows.filter(({ differs }) => differs);
  const [only] = differing;
  if (only === undefined) return undefined;
  if (differing.length === 1) {
    const [base, other] = only.cells;
    if (only.cells.length !== 2) return `${only.label} varies`;
    if (other?.change === 'added') return `${only.label} added`;
    return other?.change === 'removed'
      ? `${only.label} removed`
      : singular === 'data file'
        ? `${only.label} changed`
        : `${only.label} ${shorten(base?.text)} → ${shorten(other?.text)}`;
  }
  return `${differing.length} ${plural}`;
}

function describeMetric({
  runs: [base, other],
  figure,
  ofPoints,
}: KnownChanges): string | undefined {
  const metric = other && mainMetric(other.metrics);
  const before = base?.metrics.find(({ key }) => key === metric?.key);
  const [from, to] = [figureOf(before, figure, ofPoints, 0), figureOf(metric, figure, ofPoints, 1)];
  if (metric === undefined || from === undefined || to === undefined) return undefined;
  if (Object.is(from, to)) return `${metric.key} unchanged`;
  const values = `${metric.key} ${formatNumber(from)} → ${formatNumber(to)}`;
  const delta = metricDelta(to, from, metric.direction);
  return [values, delta?.arrow, delta?.text, delta?.verdict].filter(Boolean).join(' ');
}

/** Which of many is best by the main metric of the base. */
function describeBest({ runs, figure, ofPoints }: KnownChanges): string | undefined {
  const [base] = runs;
  const main = base && mainMetric(base.metrics);
  const first = figureOf(main, figure, ofPoints, 0);
  if (main?.direction === undefined || first === undefined) return undefined;
  let best = first;
  let bestAt = 0;
  for (const [place, run] of runs.entries()) {
    const metric = run.metrics.find(({ key }) => key === main.key);
    const value = figureOf(metric, figure, ofPoints, place);
    if (value === undefined || Number.isNaN(value)) continue;
    if (Number.isNaN(best) || isBetter(main.direction, value, best)) {
      best = value;
      bestAt = place;
    }
  }
  if (bestAt === 0) return `none better than the base by ${main.key} (${formatNumber(best)})`;
  const gain = best - first;
  const words = Number.isFinite(gain)
    ? ` (${formatDelta(Number(gain.toPrecision(12)))} better than the base)`
    : '';
  return `best ${main.key} ${formatNumber(best)} of ${runLetter(bestAt)}${words}`;
}

/** The runs are called A, B, C … where a name would be too long; the base is A. */
export function runLetter(index: number): string {
  return index < 26 ? String.fromCharCode(65 + index) : `#${index + 1}`;
}
