import { escapeMarkdown } from '../format/escapeMarkdown';
import type { Run } from '../run/run';
import { runName } from '../run/runName';
import type { ComparedPart } from './codeComparison';
import { type ComparedCell, type RowsSection, sectionTitles } from './comparedRow';
import { runLetter } from './summarizeChanges';

export interface ShownComparison {
  readonly summary: string;
  /** The base first. */
  readonly runs: readonly Run[];
  /** What differs of each. */
  readonly sections: readonly RowsSection[];
  readonly code: readonly ComparedPart[];
  /** Whose code it is, against the base. */
  readonly codeOf: string;
}

/** So many lines of one part are copied. */
const maxDiffLines = 200;

/** What differs as Markdown: tables, and the code as diffs. Nothing of a run can break out of its place. */
export function comparisonMarkdown(shown: ShownComparison): string {
  const { summary, runs, sections, code, codeOf } = shown;
  const head = runs.map((run, index) => {
    const base = index === 0 ? ' (base)' : '';
    return `- **${runLetter(index)}**${base}: ${escapeMarkdown(runName(run))}`;
  });
  const tables = sections
    .filter(({ rows }) => rows.length > 0)
    .map(({ id, rows }) => {
      const columns = runs.map((_run, index) => runLetter(index));
      return [
        `### ${sectionTitles[id]}`,
        '',
        `| | ${columns.join(' | ')} |`,
        `|---|${columns.map(() => '---|').join('')}`,
        ...rows.map(
          ({ label, cells }) => `| ${escapeMarkdown(label)} | ${cells.map(cellText).join(' | ')} |`,
        ),
      ].join('\n');
    });
  const diffs = code.map((part) => describePart(part, codeOf));
  return [
    `## What changed`,
    escapeMarkdown(summary),
    head.join('\n'),
    ...tables,
    ...diffs,
    '',
  ].join('\n\n');
}

function cellText({ text, delta }: ComparedCell): string {
  const words = [text === '' ? '–' : escapeMarkdown(text)];
  if (delta) {
    const { arrow, text: by, verdict } = delta;
    words.push(`(${[arrow, by, verdict].filter((word) => word !== undefined).join(' ')})`);
  }
  return words.join(' ');
}

function describePart({ title, hunks, problem }: ComparedPart, codeOf: string): string {
  const head = `### ${escapeMarkdown(title)} (${codeOf})`;
  if (problem !== undefined) return `${head}\n\n${escapeMarkdown(problem)}`;
  const lines = hunks.flatMap(({ oldStart, oldLines, newStart, newLines }) => [
    `@@ -${oldStart + 1},${oldLines.length} +${newStart + 1},${newLines.length} @@`,
    ...oldLines.map((line) => `-${line}`),
    ...newLines.map((line) => `+${line}`),
  ]);
  const shown = lines.slice(0, maxDiffLines);
  if (lines.length > shown.length) shown.push(`… ${lines.length - shown.length} more lines`);
  const fence = fenceFor(shown);
  return [head, '', `${fence}diff`, ...shown, fence].join('\n');
}

/** Longer than any row of backticks in the text, so that the text cannot close it. */
function fenceFor(lines: readonly string[]): string {
  const longest = lines.reduce(
    (most, line) =>
      (line.match(/`+/g) ?? []).reduce((max, ticks) => Math.max(max, ticks.length), most),
    2,
  );
  return '`'.repeat(longest + 1);
}
