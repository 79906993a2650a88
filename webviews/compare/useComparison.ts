import { useMemo } from 'preact/hooks';
import type { CodeComparison } from '../../src/core/compare/codeComparison';
import { commandRows } from '../../src/core/compare/commandRow';
import type { ComparedRow, SectionId } from '../../src/core/compare/comparedRow';
import {
  aboutRows,
  commitRows,
  hardwareRows,
  softwareRows,
} from '../../src/core/compare/comparedRows';
import { fileRows } from '../../src/core/compare/fileRows';
import {
  type ComparedFigure,
  type FiguresOfPoints,
  isOfPoints,
  metricKeys,
  metricRows,
} from '../../src/core/compare/metricRows';
import { paramRows } from '../../src/core/compare/paramRows';
import type { Remote } from '../../src/core/rpc';
import type { Run } from '../../src/core/run/run';
import type { ComparedLogs, CompareHost } from '../../src/protocol/comparePage';
import { type Section, useSection } from '../shared/useSection';

export interface Comparison {
  /** Undefined while it is being read. */
  readonly rows: Readonly<Partial<Record<SectionId, readonly ComparedRow[]>>>;
  readonly figures: Section<FiguresOfPoints | undefined>;
  readonly packages: Section<unknown>;
  readonly files: Section<unknown>;
  readonly code: Section<CodeComparison>;
  readonly logs: Section<ComparedLogs>;
}

/** Everything that the page shows of the runs, each part as soon as it is read. @param runs the base first. */
export function useComparison(
  host: Remote<CompareHost>,
  runs: readonly Run[],
  against: Run | undefined,
  figure: ComparedFigure,
  figureNumber: number,
  version: number,
): Comparison {
  const ids = runs.map(({ id }) => id);
  const all = ids.join();
  const [base] = runs;
  const pair = `${base?.id} ${against?.id} ${stateOf(base)} ${stateOf(against)}`;
  const figures = useSection(`${all} ${figure} ${figureNumber}`, version, async () => {
    if (!isOfPoints(figure)) return undefined;
    const keys = metricKeys(runs);
    const columns = await host.readFigures(ids, keys, figure, figureNumber);
    return new Map(columns.map((column, at) => [keys[at] ?? '', column] as const));
  });
  const packages = useSection(all, version, () => host.readPackages(ids));
  const files = useSection(all, version, () => host.readFiles(ids));
  const readPair = <T>(read: (baseId: Run['id'], runId: Run['id']) => Promise<T>) => {
    if (base === undefined || against === undefined) return new Promise<T>(() => undefined);
    return read(base.id, against.id);
  };
  const code = useSection(pair, 0, () => readPair((a, b) => host.readCode(a, b)));
  const logs = useSection(pair, 0, () => readPair((a, b) => host.readLogs(a, b)));
  const read = files.data;
  const rows = useMemo(
    () => ({
      metrics: metricRows(runs, figure, figures.data),
      params: paramRows(runs),
      code: commitRows(runs),
      command: commandRows(runs),
      hardware: hardwareRows(runs),
      run: aboutRows(runs),
      ...(packages.data === undefined ? {} : { environment: softwareRows(runs, packages.data) }),
      ...(read === undefined
        ? {}
        : {
            data: fileRows(read, ({ role }) => role === 'input' || role === 'config'),
            artifacts: fileRows(read, ({ role }) => role === 'output'),
          }),
    }),
    [runs, figure, figures.data, packages.data, read],
  );
  return { rows, figures, packages, files, code, logs };
}

/** What the code and the log of a run are read anew for: not for each of its points. */
function stateOf(run: Run | undefined): string {
  if (run === undefined) return '';
  const { status, codeState, checkpointId, logBytes } = run;
  return `${status} ${codeState?.script} ${codeState?.diff} ${checkpointId} ${logBytes > 0}`;
}
