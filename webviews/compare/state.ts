import type { PackageDifference } from '../../src/core/environment/diffPackages';
import { formatDelta, formatNumber } from '../../src/core/format/formatNumber';
import { formatDuration } from '../../src/core/format/formatTime';
import { environmentRows } from '../../src/core/present/describeEnvironment';
import { statusWords } from '../../src/core/present/describeRun';
import { mainMetric } from '../../src/core/run/mainMetric';
import { isBetter } from '../../src/core/run/metricDirection';
import type { MetricSummary, Run } from '../../src/core/run/run';
import { isSystemMetric } from '../../src/core/run/systemMetric';
import { describeRunTrust } from '../../src/core/trust/describeTrust';

export interface Delta {
  /** With its sign: `+0.012`. */
  readonly text: string;
  /** Undefined where the metric's name does not say what is better, or nothing changed. */
  readonly verdict?: 'better' | 'worse';
}

export interface ComparedCell {
  /** Empty where the run has no such thing. */
  readonly text: string;
  /** A second line, such as the best value. */
  readonly detail?: string;
  /** Against the first run. */
  readonly delta?: Delta;
  readonly differs: boolean;
}

export interface ComparedRow {
  readonly label: string;
  /** One for each run. */
  readonly cells: readonly ComparedCell[];
  readonly differs: boolean;
}

export interface ComparedSection {
  readonly title: string;
  readonly rows: readonly ComparedRow[];
}

/** What the table shows: the first run is the one the others are held against. */
export function compareRuns(
  runs: readonly Run[],
  packages: readonly PackageDifference[] = [],
): readonly ComparedSection[] {
  return [
    { title: 'Metrics', rows: metricRows(runs) },
    { title: 'Params', rows: paramRows(runs) },
    { title: 'Run', rows: runRows(runs) },
    { title: 'Environment', rows: environmentRowsOf(runs, packages) },
    { title: 'System', rows: systemRows(runs) },
  ];
}

function metricRows(runs: readonly Run[]): ComparedRow[] {
  const all = runs.flatMap((run) => run.metrics).filter(({ key }) => !isSystemMetric(key));
  const main = mainMetric(all)?.key;
  const keys = [...new Set(all.map((metric) => metric.key))].sort(
    (a, b) => Number(b === main) - Number(a === main),
  );
  return keys.map((key) => {
    const metrics = runs.map((run) => run.metrics.find((metric) => metric.key === key));
    const [first] = metrics;
    const cells = metrics.map((metric, index) =>
      metricCell(metric, index === 0 ? undefined : first),
    );
    return {
      label: key,
      cells,
      differs: textsDiffer(metrics.map((metric) => String(metric?.last))),
    };
  });
}

function metricCell(
  metric: MetricSummary | undefined,
  first: MetricSummary | undefined,
): ComparedCell {
  if (metric === undefined) return { text: '', differs: first !== undefined };
  const at = metric.bestStep === undefined ? '' : ` at step ${formatNumber(metric.bestStep)}`;
  return {
    text: formatNumber(metric.last),
    // Without a direction the best value is only the last one again.
    ...(metric.direction === undefined ? {} : { detail: `best ${formatNumber(metric.best)}${at}` }),
    ...(first === undefined ? {} : withDelta(metric, first)),
    differs: first !== undefined && metric.last !== first.last,
  };
}

function withDelta(metric: MetricSummary, first: MetricSummary): { readonly delta?: Delta } {
  const delta = metric.last - first.last;
  if (!Number.isFinite(delta)) return {};
  const { direction } = metric;
  const verdict = isBetter(direction, metric.last, first.last)
    ? 'better'
    : isBetter(direction, first.last, metric.last)
      ? 'worse'
      : undefined;
  return { delta: { text: formatDelta(delta), ...(verdict === undefined ? {} : { verdict }) } };
}

function paramRows(runs: readonly Run[]): ComparedRow[] {
  const keys = [...new Set(runs.flatMap((run) => run.params.map((param) => param.key)))];
  return keys.map((key) =>
    textRow(
      key,
      runs.map((run) => run.params.find((param) => param.key === key)?.value),
    ),
  );
}

function runRows(runs: readonly Run[]): ComparedRow[] {
  const rows: readonly (readonly [string, (run: Run) => string | undefined])[] = [
    ['Status', (run) => statusWords[run.status]],
    ['Experiment', (run) => run.experiment],
    ['Started', (run) => new Date(run.startedAtMs).toLocaleString()],
    [
      'Duration',
      (run) =>
        run.endedAtMs === undefined ? undefined : formatDuration(run.endedAtMs - run.startedAtMs),
    ],
    ['Exit code', (run) => run.exitCode?.toString()],
    ['Command', (run) => (run.source.kind !== 'notebook' ? run.source.commandLine : undefined)],
    [
      'Cell',
      (run) =>
        run.source.kind === 'notebook'
          ? `${run.source.notebook} [${run.source.cellIndex + 1}]`
          : undefined,
    ],
    ['Result', (run) => run.trust && describeRunTrust(run.trust)],
    ['Branch', (run) => run.codeState?.branch],
    ['Commit', (run) => run.codeState?.commit?.slice(0, 10)],
    [
      'Uncommitted changes',
      (run) =>
        run.codeState?.dirty === undefined ? undefined : run.codeState.dirty ? 'yes' : 'no',
    ],
    [
      'Tags',
      (run) =>
        Object.entries(run.tags)
          .map(([key, value]) => (value === '' ? key : `${key}=${value}`))
          .join(', ') || undefined,
    ],
    ['Note', (run) => run.note],
  ];
  return rows.map(([label, read]) => textRow(label, runs.map(read))).filter(hasText);
}

/** More packages than these nobody compares by eye. */
const maxPackages = 200;

function environmentRowsOf(
  runs: readonly Run[],
  packages: readonly PackageDifference[],
): ComparedRow[] {
  const rows = [
    ...environmentRows.map(([label, read]) =>
      textRow(
        label,
        runs.map(({ environment }) => environment && read(environment)),
      ),
    ),
    packagesRow(runs),
  ].filter(hasText);
  const shown = packages.slice(0, maxPackages);
  return [...rows, ...shown.map(({ name, versions }) => textRow(`package ${name}`, versions))];
}

/** The same number of packages need not be the same packages. */
function packagesRow(runs: readonly Run[]): ComparedRow {
  const hashes = runs.map(({ environment }) => environment?.python?.packages);
  const row = textRow(
    'Packages',
    runs.map(({ environment }) => environment?.python?.packageCount?.toString()),
  );
  return {
    ...row,
    cells: row.cells.map((cell, index) => ({ ...cell, differs: hashes[index] !== hashes[0] })),
    differs: new Set(hashes).size > 1,
  };
}

/** Of what a run used of its machine the most is what another machine must have. */
function systemRows(runs: readonly Run[]): ComparedRow[] {
  const keys = new Set(runs.flatMap(({ metrics }) => metrics.map(({ key }) => key)));
  return [...keys].filter(isSystemMetric).map((key) =>
    textRow(
      `${key} (peak)`,
      runs.map(({ metrics }) => {
        const metric = metrics.find((other) => other.key === key);
        return metric && formatNumber(metric.max);
      }),
    ),
  );
}

function hasText({ cells }: ComparedRow): boolean {
  return cells.some(({ text }) => text !== '');
}

function textRow(label: string, texts: readonly (string | undefined)[]): ComparedRow {
  const [first] = texts;
  return {
    label,
    cells: texts.map((text) => ({ text: text ?? '', differs: text !== first })),
    differs: texts.some((text) => text !== first),
  };
}

function textsDiffer(texts: readonly string[]): boolean {
  return new Set(texts).size > 1;
}

/** The sections with the rows that the user wants to see; empty sections are left out. */
export function shownSections(
  sections: readonly ComparedSection[],
  onlyDifferences: boolean,
): readonly ComparedSection[] {
  return sections
    .map(({ title, rows }) => ({
      title,
      rows: onlyDifferences ? rows.filter((row) => row.differs) : rows,
    }))
    .filter(({ rows }) => rows.length > 0);
}

/** How much differs, of what a user may have changed or hoped for: `2 of 3 metrics and 1 of 4 params differ`. */
export function summarize(sections: readonly ComparedSection[]): string {
  const parts = sections
    .filter(({ title, rows }) => (title === 'Metrics' || title === 'Params') && rows.length > 0)
    .map(({ title, rows }) => {
      const differing = rows.filter((row) => row.differs).length;
      return `${differing} of ${rows.length} ${title.toLowerCase()}`;
    });
  return parts.length === 0 ? '' : `${parts.join(' and ')} differ`;
}
