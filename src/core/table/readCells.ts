import { tagTexts } from '../present/describeRun';
import type { Run, RunFile, RunId } from '../run/run';
import { partName, runName, sourceName } from '../run/runName';
import { fieldValues, type SearchPorts } from '../search/fieldValues';
import type { MetricFigure, SearchField } from '../search/searchNode';
import { NumberCells, TextCells } from './tableCells';
import { columnValueKind, type ShownName, type TableColumn } from './tableColumn';

type Cells = NumberCells | TextCells;

/** What runs do not hold themselves. */
export interface CellPorts {
  readonly nowMs: number;
  run(runId: RunId): Run | undefined;
  /** The files that a run read. */
  inputs(runId: RunId): readonly RunFile[];
  /** The figures of a metric that no summary has; one a run. */
  figures(field: SearchField): Float64Array | undefined;
}

/**
 * The cells of some runs in some columns, in the order asked for. One pass over the metrics and params of
 * each run, whatever the number of columns.
 */
export function readCells(
  runs: readonly Run[],
  columns: readonly TableColumn[],
  ports: CellPorts,
): readonly Cells[] {
  const cells = columns.map((column) =>
    columnValueKind(column) === 'number'
      ? new NumberCells(runs.length)
      : new TextCells(runs.length),
  );
  const metrics = new Map<string, { cells: NumberCells; figure: MetricFigure }[]>();
  const params = new Map<string, TextCells[]>();
  const tags: { key: string; cells: TextCells }[] = [];
  const others: ((run: Run, row: number) => void)[] = [];
  const searchPorts = toSearchPorts(ports);
  for (const [index, column] of columns.entries()) {
    const into = cells[index];
    if (into === undefined || column.kind === 'curve') continue;
    if (column.kind === 'shown') {
      if (into.kind !== 'text') continue;
      others.push((run, row) => into.set(row, shownText(run, column.name, ports)));
      continue;
    }
    const { field } = column;
    if (field.kind === 'metric' && into.kind === 'number') {
      push(metrics, field.key, { cells: into, figure: field.figure });
    } else if (field.kind === 'param' && into.kind === 'text') push(params, field.key, into);
    else if (field.kind === 'tag' && into.kind === 'text')
      tags.push({ key: field.key, cells: into });
    else if (field.kind === 'metricAt' || field.kind === 'metricMean') {
      const figures = ports.figures(field);
      if (into.kind === 'number') others.push((_run, row) => setFigure(into, row, figures?.[row]));
    } else others.push((run, row) => setField(into, row, run, field, searchPorts));
  }
  for (const [row, run] of runs.entries()) {
    if (metrics.size > 0) {
      for (const metric of run.metrics) {
        const wanted = metrics.get(metric.key);
        if (wanted) for (const each of wanted) each.cells.set(row, metric[each.figure]);
      }
    }
    if (params.size > 0) {
      for (const { key, value } of run.params) {
        const wanted = params.get(key);
        if (wanted) for (const each of wanted) each.set(row, value);
      }
    }
    for (const tag of tags) {
      if (Object.hasOwn(run.tags, tag.key)) tag.cells.set(row, run.tags[tag.key]);
    }
    for (const read of others) read(run, row);
  }
  return cells;
}

function push<T>(map: Map<string, T[]>, key: string, value: T): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}

/** The store says NaN where there is none. */
function setFigure(cells: NumberCells, row: number, value: number | undefined): void {
  if (value !== undefined && !Number.isNaN(value)) cells.set(row, value);
}

function setField(cells: Cells, row: number, run: Run, field: SearchField, ports: SearchPorts) {
  if (field.kind === 'attribute' && field.name === 'duration') {
    if (cells.kind === 'number') cells.set(row, shownDuration(run));
    return;
  }
  const values = fieldValues(run, field, ports);
  const [first] = values;
  if (cells.kind === 'number') cells.set(row, first?.number);
  else if (values.length <= 1) cells.set(row, first?.text);
  else cells.set(row, values.flatMap(({ text }) => text ?? []).join(', '));
}

/** That of a run that goes on is counted by who shows it; how long an interrupted run lasted, nobody knows. */
function shownDuration(run: Run): number | undefined {
  if (run.endedAtMs !== undefined) return run.endedAtMs - run.startedAtMs;
  return run.status === 'running' ? Number.NaN : undefined;
}

function toSearchPorts({ nowMs, inputs }: CellPorts): SearchPorts {
  return {
    nowMs,
    valueAt: () => undefined,
    meanOf: () => undefined,
    scriptText: () => undefined,
    files: (run) => inputs(run.id),
  };
}

function shownText(run: Run, name: ShownName, ports: CellPorts): string | undefined {
  switch (name) {
    case 'starred':
      return run.starred ? 'yes' : undefined;
    case 'name':
      return shownName(run, ports);
    case 'tags':
      return tagTexts(run.tags).join('\n') || undefined;
    case 'place':
      if (run.deletedAtMs !== undefined) return 'deleted';
      return run.archivedAtMs === undefined ? undefined : 'archived';
    case 'python':
      return run.environment?.python?.version;
    case 'cpu':
      return run.environment?.cpu?.model;
    case 'gpus':
      return run.environment?.gpus?.map((gpu) => gpu.name).join(', ') || undefined;
  }
}

/** Of a part after what it is a part of: a name such as `fold 2` says little alone. */
export const partMark = ' › ';

function shownName(run: Run, ports: Pick<CellPorts, 'run'>): string {
  const whole = run.parentId === undefined ? undefined : ports.run(run.parentId);
  if (whole === undefined) return runName(run);
  return `${whole.name ?? sourceName(whole.source)}${partMark}${partName(run)}`;
}
