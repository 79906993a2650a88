import type { CellExecution } from '../notebook/cellExecution';
import type { NotebookCell } from '../notebook/notebook';
import { type CellCode, readCellCode } from './cellCode';
import { type CellFault, explain } from './explain';
import { KernelModel } from './kernel/kernelModel';
import type { Trace } from './kernel/trace';
import { type Producer, Tokens } from './kernelObject';
import { orderExecutions, type PlacedExecution } from './orderExecutions';
import type { ResultVerdict } from './resultVerdict';

/** A cell as it is now. */
export type JudgedCell = Pick<
  NotebookCell,
  'kind' | 'id' | 'source' | 'outputs' | 'executionCount'
>;

export interface CellVerdict {
  /** Its place among all cells of the notebook. */
  readonly cellIndex: number;
  readonly cellId?: string;
  readonly verdict: ResultVerdict;
  /** Why it is not `fresh`, worst first. */
  readonly faults: readonly CellFault[];
  /** It shows a result: a cell without output has none that could mislead. */
  readonly hasResult: boolean;
  /** Names that a fresh kernel would not know; `isCertain` if it must raise. */
  readonly missing: readonly { readonly name: string; readonly isCertain: boolean }[];
}

export interface TrustReport {
  /** Whether running all cells on a fresh kernel gives what is shown. */
  readonly reproducible: 'yes' | 'no' | 'unknown';
  /** One for each code cell, in the order of the notebook. */
  readonly cells: readonly CellVerdict[];
  /** How much is known: every execution, only some of them, or only the counts in the file. */
  readonly basis: 'executions' | 'some' | 'counts';
}

/** An execution with what came of replaying it. */
export interface Replayed extends PlacedExecution {
  readonly trace: Trace;
}

/** What the verdicts are derived from: what ran, and what would run on a fresh kernel. */
export interface Replay {
  readonly cells: readonly IdentifiedCell[];
  readonly executions: readonly Replayed[];
  /** By cell: its last execution, as an index. */
  readonly last: ReadonlyMap<string, number>;
  /** By cell: its run from top to bottom. */
  readonly clean: ReadonlyMap<string, Trace>;
}

export interface IdentifiedCell {
  readonly key: string;
  readonly index: number;
  readonly cell: JudgedCell;
  readonly code: CellCode;
}

/**
 * Judges the results that a notebook shows, by replaying what ran beside what would run from top to
 * bottom on a fresh kernel, in the same folder, going on after errors. Values are not known, only how
 * they came about: a result is fresh if both came about in the same way.
 *
 * @param executions in any order; of cells that are gone, too. Without any, the counts of the file
 *   tell in what order its cells ran, though not with which source.
 * @param read reads a cell's code; give one that remembers.
 */
export function judgeNotebook(
  cells: readonly JudgedCell[],
  executions: readonly CellExecution[],
  read: (source: string) => CellCode = readCellCode,
): TrustReport {
  const identified = identify(cells, read);
  const replay = replayBoth(identified, orderExecutions(identified, executions), read);
  const verdicts = identified.map((cell) => verdictOf(cell, replay));
  return {
    reproducible: summarize(verdicts),
    cells: verdicts,
    basis: basisOf(replay, executions),
  };
}

function identify(
  cells: readonly JudgedCell[],
  read: (source: string) => CellCode,
): IdentifiedCell[] {
  const taken = new Set<string>();
  return cells.flatMap((cell, index) => {
    if (cell.kind !== 'code') return [];
    const isOwn = cell.id !== undefined && !taken.has(cell.id);
    const key = isOwn && cell.id !== undefined ? cell.id : `\u0000${index}`;
    taken.add(key);
    return [{ key, index, cell, code: read(cell.source) }];
  });
}

function replayBoth(
  cells: readonly IdentifiedCell[],
  executions: readonly PlacedExecution[],
  read: (source: string) => CellCode,
): Replay {
  const tokens = new Tokens();
  const failures = new Set<number>();
  let unique = 0;
  const nextUnique = () => {
    unique += 1;
    return -unique;
  };
  const createModel = () => new KernelModel(tokens, nextUnique, failures);

  const replayed: Replayed[] = [];
  const last = new Map<string, number>();
  let model = createModel();
  let session: number | undefined;
  for (const [at, execution] of executions.entries()) {
    if (session !== undefined && execution.session !== session) {
      const before = model;
      model = createModel();
      model.keepFilesOf(before);
    }
    session = execution.session;
    if (execution.followsUnseen) model.assume();
    const producer: Producer = { cellId: execution.key, source: execution.source, execution: at };
    const { outcome } = execution;
    const trace = model.run(read(execution.source), { producer, outcome });
    const isAssumed = trace.isAssumed || execution.isAssumed;
    if (execution.isAssumed) model.assume();
    replayed.push({ ...execution, trace: { ...trace, isAssumed } });
    last.set(execution.key, at);
  }

  const clean = new Map<string, Trace>();
  const fresh = createModel();
  for (const { key, cell, code } of cells) {
    const producer: Producer = { cellId: key, source: cell.source, execution: -1 };
    clean.set(key, fresh.run(code, { producer, outcome: 'predicted' }));
  }
  return { cells, executions: replayed, last, clean };
}

function verdictOf(cell: IdentifiedCell, replay: Replay): CellVerdict {
  const clean = replay.clean.get(cell.key);
  const { outputs, executionCount } = cell.cell;
  const base = {
    cellIndex: cell.index,
    ...(cell.cell.id !== undefined && { cellId: cell.cell.id }),
    hasResult: outputs.length > 0,
    missing: clean?.missing ?? [],
  };
  const at = replay.last.get(cell.key);
  const ran = at === undefined ? undefined : replay.executions[at];
  const showsNothing = outputs.length === 0 && executionCount === undefined;
  if (cell.code.isEmpty || (showsNothing && (ran === undefined || ran.isAssumed))) {
    return { ...base, verdict: 'notRun', faults: [] };
  }
  if (ran === undefined) return { ...base, verdict: 'unknown', faults: [{ kind: 'unseen' }] };
  if (outputs.some(({ kind }) => kind === 'error') || ran.outcome === 'failed') {
    return { ...base, verdict: 'failed', faults: [] };
  }
  const faults = explain(cell, replay);
  const worst = faults[0];
  return { ...base, verdict: worst === undefined ? 'fresh' : verdictFor(worst), faults };
}

function verdictFor({ kind }: CellFault): ResultVerdict {
  switch (kind) {
    case 'edited':
    case 'upstreamEdited':
    case 'upstreamRan':
    case 'upstreamNotRun':
      return 'stale';
    case 'deleted':
    case 'earlierSource':
      return 'hiddenState';
    case 'order':
    case 'repeated':
    case 'missing':
      return 'outOfOrder';
    case 'outside':
    case 'unseen':
    case 'interrupted':
      return 'unknown';
  }
}

function summarize(cells: readonly CellVerdict[]): TrustReport['reproducible'] {
  const raises = cells.some(({ missing }) => missing.some(({ isCertain }) => isCertain));
  const isWrong = cells.some(
    ({ verdict, hasResult }) =>
      verdict === 'failed' ||
      (hasResult && (verdict === 'stale' || verdict === 'outOfOrder' || verdict === 'hiddenState')),
  );
  if (raises || isWrong) return 'no';
  const isOpen = cells.some(({ verdict }) => verdict !== 'fresh' && verdict !== 'notRun');
  const ran = cells.some(({ verdict }) => verdict === 'fresh');
  return isOpen || !ran ? 'unknown' : 'yes';
}

function basisOf({ executions }: Replay, seen: readonly CellExecution[]): TrustReport['basis'] {
  if (seen.length === 0) return 'counts';
  return executions.some(({ isAssumed, followsUnseen }) => isAssumed || followsUnseen)
    ? 'some'
    : 'executions';
}
