import { formatNumber } from '../format/formatNumber';
import { formatDuration } from '../format/formatTime';
import { environmentRows } from '../present/describeEnvironment';
import { statusWords, tagTexts } from '../present/describeRun';
import type { Run } from '../run/run';
import { isSystemMetric } from '../run/systemMetric';
import { describeRunTrust } from '../trust/describeTrust';
import { type ComparedRow, hasText, plainRow, textRow } from './comparedRow';

const hardwareLabels: ReadonlySet<string> = new Set(['GPU', 'GPU driver', 'CPU', 'Memory', 'Host']);

/**
 * What the interpreter was, its packages that are not the same, and the system.
 *
 * @param runs the base first.
 * @param packages with the version for each run, empty where it is not installed.
 */
export function softwareRows(
  runs: readonly Run[],
  packages: readonly { readonly name: string; readonly versions: readonly string[] }[],
): readonly ComparedRow[] {
  return [
    ...describedRows(runs, (label) => !hardwareLabels.has(label)),
    packagesRow(runs),
    ...packages.map(({ name, versions }) =>
      textRow(
        name,
        versions.map((version) => (version === '' ? undefined : version)),
      ),
    ),
  ].filter(hasText);
}

/** What the runs ran on, and the most that they used of it. @param runs the base first. */
export function hardwareRows(runs: readonly Run[]): readonly ComparedRow[] {
  const described = describedRows(runs, (label) => hardwareLabels.has(label));
  return [...described.filter(hasText), ...peakRows(runs)];
}

function describedRows(runs: readonly Run[], isWanted: (label: string) => boolean): ComparedRow[] {
  return environmentRows
    .filter(([label]) => isWanted(label))
    .map(([label, read]) =>
      textRow(
        label,
        runs.map(({ environment }) => environment && read(environment)),
      ),
    );
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
    cells: row.cells.map((cell, index) => {
      const isOther = hashes[index] !== hashes[0];
      return cell.change === 'same' && isOther ? { ...cell, change: 'changed' } : cell;
    }),
    differs: new Set(hashes).size > 1,
  };
}

/** No two runs use the same memory to the byte; by this factor they use more. */
const notablePeak = 1.1;

/** Of what a run used of its machine the most is what another machine must have. */
function peakRows(runs: readonly Run[]): ComparedRow[] {
  const keys = new Set(runs.flatMap(({ metrics }) => metrics.map(({ key }) => key)));
  return [...keys].filter(isSystemMetric).map((key) => {
    const peaks = runs.map(({ metrics }) => metrics.find((other) => other.key === key)?.max);
    const texts = peaks.map((peak) => (peak === undefined ? undefined : formatNumber(peak)));
    const [base] = peaks;
    const isNotable = peaks.some((peak) => {
      if (peak === undefined || base === undefined) return peak !== base;
      const [low, high] = [Math.min(peak, base), Math.max(peak, base)];
      return high > low * notablePeak;
    });
    const label = `${key} (peak)`;
    return isNotable ? textRow(label, texts) : plainRow(label, texts);
  });
}

/** What is said of the runs as such. @param runs the base first. */
export function aboutRows(runs: readonly Run[]): readonly ComparedRow[] {
  const texts = (read: (run: Run) => string | undefined) => runs.map(read);
  const startedText = ({ startedAtMs }: Run) => new Date(startedAtMs).toLocaleString();
  const durationText = ({ startedAtMs, endedAtMs }: Run) =>
    endedAtMs === undefined ? undefined : formatDuration(endedAtMs - startedAtMs);
  return [
    textRow(
      'Status',
      texts((run) => statusWords[run.status]),
    ),
    textRow(
      'Exit code',
      texts((run) => run.exitCode?.toString()),
    ),
    textRow(
      'Experiment',
      texts((run) => run.experiment),
    ),
    textRow(
      'Result',
      texts((run) => run.trust && describeRunTrust(run.trust)),
    ),
    textRow(
      'Tags',
      texts((run) => tagTexts(run.tags).join(', ') || undefined),
    ),
    textRow(
      'Note',
      texts((run) => run.note),
    ),
    plainRow('Started', texts(startedText)),
    plainRow('Duration', texts(durationText)),
  ].filter(hasText);
}

/** The commit and the branch that the code stood on. @param runs the base first. */
export function commitRows(runs: readonly Run[]): readonly ComparedRow[] {
  return [
    textRow(
      'Branch',
      runs.map((run) => run.codeState?.branch),
    ),
    textRow(
      'Commit',
      runs.map((run) => run.codeState?.commit?.slice(0, 10)),
    ),
    textRow(
      'Uncommitted changes',
      runs.map(({ codeState }) =>
        codeState?.dirty === undefined ? undefined : codeState.dirty ? 'yes' : 'no',
      ),
    ),
  ].filter(hasText);
}
