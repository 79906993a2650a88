import { MarkdownString } from 'vscode';
import { formatDuration } from '../core/format/formatTime';
import { describeGpus, describePython } from '../core/present/describeEnvironment';
import { describeLogLeftOut } from '../core/present/describeLeftOut';
import {
  describeMetric,
  describeParts,
  durationMs,
  statusWords,
  tagTexts,
} from '../core/present/describeRun';
import type { Run } from '../core/run/run';
import { runName } from '../core/run/runName';
import { isSystemMetric } from '../core/run/systemMetric';
import { describeRunTrust } from '../core/trust/describeTrust';

const maxRows = 12;

/** Everything of a run that fits a hover. What is recorded is shown as text, never as Markdown. */
export function runTooltip(run: Run, nowMs: number, parts: readonly Run[]): MarkdownString {
  const text = new MarkdownString('', true);
  const line = (label: string, value: string) => {
    text.appendMarkdown(`**${label}** `).appendText(value).appendMarkdown('  \n');
  };
  text.appendMarkdown('### ').appendText(runName(run)).appendMarkdown('\n\n');
  line('Status', `${statusWords[run.status]}${run.exitCode ? ` (exit code ${run.exitCode})` : ''}`);
  line('Started', new Date(run.startedAtMs).toLocaleString());
  line('Duration', formatDuration(durationMs(run, nowMs)));
  line(
    run.source.kind !== 'notebook' ? 'Command' : 'Notebook',
    run.source.kind !== 'notebook'
      ? run.source.commandLine
      : `${run.source.notebook}, cell ${run.source.cellIndex + 1}`,
  );
  if (run.codeState?.commit) {
    const { branch, commit, dirty } = run.codeState;
    const changes = dirty ? ', uncommitted changes' : '';
    line('Code', `${branch === undefined ? '' : `${branch} `}${commit.slice(0, 10)}${changes}`);
  }
  const python = run.environment && describePython(run.environment);
  if (python !== undefined) line('Environment', python);
  const gpus = run.environment && describeGpus(run.environment);
  if (gpus !== undefined) line('GPU', gpus);
  if (run.trust !== undefined) line('Result', describeRunTrust(run.trust));
  const tags = tagTexts(run.tags);
  const summary = describeParts(parts);
  if (summary !== undefined) line('Parts', summary);
  if (tags.length > 0) line('Tags', tags.join(', '));
  if (run.note !== undefined) line('Note', run.note);
  if (run.logLeftOut) line('Log', describeLogLeftOut(run.logLeftOut));
  rows(
    text,
    'Metric',
    run.metrics
      .filter(({ key }) => !isSystemMetric(key))
      .map((metric) => [metric.key, describeMetric(metric)]),
  );
  rows(
    text,
    'Param',
    run.params.map(({ key, value }) => [key, value]),
  );
  return text;
}

function rows(
  text: MarkdownString,
  title: string,
  all: readonly (readonly [string, string])[],
): void {
  if (all.length === 0) return;
  text.appendMarkdown(`\n\n| ${title} | Value |\n|---|---|\n`);
  for (const [key, value] of all.slice(0, maxRows)) {
    text.appendMarkdown('| ').appendText(oneCell(key));
    text.appendMarkdown(' | ').appendText(oneCell(value)).appendMarkdown(' |\n');
  }
  if (all.length > maxRows) text.appendMarkdown(`\n… and ${all.length - maxRows} more\n`);
}

/** A bar or a line end would break the table's row. */
function oneCell(text: string): string {
  return text.replace(/[|\r\n]+/g, ' ').slice(0, 120);
}
