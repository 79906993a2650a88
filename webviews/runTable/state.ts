import type { Run } from '../../src/core/run/run';
import { runName } from '../../src/core/run/runName';
import type { RunTableState } from '../../src/protocol/runTablePage';
import { type Column, durationMs, metricOf, tagTexts } from './columns';

const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });

/** What the filter is looked for in, made once a run. */
const searchTexts = new WeakMap<Run, string>();

/** The runs that the table shows, in its order. Runs that lack the sorted value come last. */
export function visibleRuns(
  runs: readonly Run[],
  { filter, sortKey, sortDescending }: RunTableState,
  nowMs: number,
): readonly Run[] {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  const found = runs.filter((run) => words.every((word) => searchText(run).includes(word)));
  const keyed = found.map((run) => ({ run, value: sortValue(run, sortKey, nowMs) }));
  const sign = sortDescending ? -1 : 1;
  keyed.sort((a, b) => {
    if (a.value === undefined || b.value === undefined) {
      return Number(a.value === undefined) - Number(b.value === undefined);
    }
    return sign * compare(a.value, b.value);
  });
  return keyed.map(({ run }) => run);
}

function searchText(run: Run): string {
  let text = searchTexts.get(run);
  if (text === undefined) {
    text = [
      runName(run),
      run.experiment,
      run.status,
      ...tagTexts(run),
      ...run.params.map(({ key, value }) => `${key}=${value}`),
      run.note ?? '',
    ]
      .join('\n')
      .toLowerCase();
    searchTexts.set(run, text);
  }
  return text;
}

function sortValue(run: Run, sortKey: string, nowMs: number): number | string | undefined {
  const [kind, key] = splitSortKey(sortKey);
  switch (kind) {
    case 'star':
      return run.starred ? 1 : 0;
    case 'status':
      return run.status;
    case 'name':
      return runName(run);
    case 'experiment':
      return run.experiment;
    case 'duration':
      return durationMs(run, nowMs);
    case 'tags':
      return tagTexts(run).join(' ') || undefined;
    case 'metric': {
      const last = metricOf(run, key)?.last;
      return last === undefined || Number.isNaN(last) ? undefined : last;
    }
    case 'param':
      return run.params.find((param) => param.key === key)?.value;
    default:
      return run.startedAtMs;
  }
}

function splitSortKey(sortKey: string): [string, string] {
  const colon = sortKey.indexOf(':');
  return colon < 0 ? [sortKey, ''] : [sortKey.slice(0, colon), sortKey.slice(colon + 1)];
}

function compare(a: number | string, b: number | string): number {
  // Params are text: `1e-3` must still come before `0.01`, and any number before a word.
  const [x, y] = [toNumber(a), toNumber(b)];
  if (x !== undefined && y !== undefined) return x - y;
  if (x !== undefined || y !== undefined) return x === undefined ? 1 : -1;
  return collator.compare(String(a), String(b));
}

function toNumber(value: number | string): number | undefined {
  if (typeof value === 'number') return value;
  const number = value.trim() === '' ? Number.NaN : Number(value);
  return Number.isNaN(number) ? undefined : number;
}

/** The order after a click on a column: turned round, or the one that shows the best or newest first. */
export function sortBy(
  state: RunTableState,
  column: Column,
): Pick<RunTableState, 'sortKey' | 'sortDescending'> {
  if (column.id === state.sortKey) {
    return { sortKey: column.id, sortDescending: !state.sortDescending };
  }
  const sortDescending =
    column.kind === 'metric'
      ? column.isLowBetter !== true
      : ['star', 'started', 'duration'].includes(column.kind);
  return { sortKey: column.id, sortDescending };
}
