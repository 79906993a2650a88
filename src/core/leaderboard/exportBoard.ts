import { csvText } from '../format/csvText';
import { escapeMarkdown } from '../format/escapeMarkdown';
import { formatCost } from '../format/formatCost';
import { formatNumber } from '../format/formatNumber';
import { formatDuration } from '../format/formatTime';
import type { BoardQuery } from './boardQuery';
import { describeGoal, describeMean } from './describeGoal';
import { describeLeftOut } from './describeLeftOut';
import type { ShownBoard } from './shownBoard';

/** The rows as CSV (RFC 4180), figures in full. */
export function boardCsv({ rows, metric = 'metric', hasPrice }: ShownBoard): string {
  const keys = [...new Set(rows.flatMap(({ params }) => params.map(({ key }) => key)))];
  const head = [
    ...['rank', 'script', ...keys.map((key) => `params.${key}`)],
    ...[`${metric} mean`, `${metric} std`, 'runs', 'gap', 'within one std of the first'],
    ...['data', 'duration_s', ...(hasPrice ? ['cost'] : []), 'run_ids'],
  ];
  const lines = rows.map((row) => [
    row.rank,
    row.script,
    ...keys.map((key) => row.params.find((param) => param.key === key)?.value ?? ''),
    row.mean,
    row.deviation ?? '',
    row.count,
    row.gap ?? '',
    row.isWithinNoise ? 'yes' : 'no',
    row.hasUnknownData ? 'not known' : 'same',
    row.durationMs / 1000,
    ...(hasPrice ? [row.totalCost ?? ''] : []),
    row.runs.map(({ id }) => id).join(' '),
  ]);
  const fieldOf = (value: string | number) =>
    typeof value === 'number' ? String(value) : csvText(value);
  return [head, ...lines].map((line) => `${line.map(fieldOf).join(',')}\r\n`).join('');
}

/** The board as a table of Markdown, with its goal, its data and what is left out. */
export function boardMarkdown(board: ShownBoard, query: BoardQuery): string {
  const { rows, hasPrice, currency, leftOut, dataSets, dataKey } = board;
  const hasTarget = query.target !== undefined;
  const data = dataSets.find(({ key }) => key === dataKey);
  const head = [
    ...['#', 'Configuration', escapeMarkdown(board.metric ?? ''), 'Runs'],
    ...(hasTarget ? ['Target'] : []),
    ...['Time a run', ...(hasPrice ? ['Cost'] : [])],
  ];
  const lines = rows.map((row) => {
    const params = row.params.map(({ key, value }) => `${key}=${value}`).join(' ');
    const cost = row.totalCost === undefined ? '' : formatCost(row.totalCost, currency);
    const gap = row.gap === 0 ? 'reached' : `${formatNumber(row.gap ?? 0)} short`;
    return [
      ...[String(row.rank), escapeMarkdown(`${row.script} ${params}`)],
      `${describeMean(row)}${row.isWithinNoise ? ' (within 1 std of the first)' : ''}`,
      String(row.count),
      ...(hasTarget ? [gap] : []),
      ...[formatDuration(row.durationMs), ...(hasPrice ? [escapeMarkdown(cost)] : [])],
    ];
  });
  const notes = leftOut.map(({ reason, count }) => `- ${count} ${describeLeftOut(reason, count)}`);
  return [
    `## ${escapeMarkdown(describeGoal(board, query))}`,
    ...(data === undefined ? [] : ['', `Data: ${escapeMarkdown(data.label)}`]),
    '',
    toLine(head),
    toLine(head.map(() => '---')),
    ...lines.map(toLine),
    ...(notes.length === 0 ? [] : ['', 'Left out:', '', ...notes]),
    '',
  ].join('\n');
}

function toLine(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}
