import type { CellExecution } from '../notebook/cellExecution';
import type { IdentifiedCell, JudgedCell } from './judge';
import { passingIdMark } from './watchedNotebook';

/** An execution at its place in what one kernel after the other ran. */
export interface PlacedExecution {
  /** The cell's key; one of no cell now if that is gone. */
  readonly key: string;
  readonly source: string;
  /** 0 for the first kernel. */
  readonly session: number;
  readonly order?: number;
  readonly outcome: 'succeeded' | 'failed' | 'interrupted';
  /** It was not seen: that the cell ran with its present source is a guess from its count. */
  readonly isAssumed: boolean;
  /** The kernel has run something before it that was not seen. */
  readonly followsUnseen: boolean;
}

/**
 * Puts executions in order, and adds those that only the counts of cells tell of.
 *
 * A kernel counts from 1, so a count that does not grow means another kernel, and a gap something
 * that ran unseen.
 */
export function orderExecutions(
  cells: readonly IdentifiedCell[],
  executions: readonly CellExecution[],
): PlacedExecution[] {
  const seen = [...executions]
    .map((execution, at) => ({ execution, at }))
    .sort((a, b) => a.execution.startedAtMs - b.execution.startedAtMs || a.at - b.at)
    .map(({ execution }) => execution);
  const first = seen[0]?.order;
  const known = new Set<string>();
  const placed: PlacedExecution[] = [];
  let session = 0;
  let before: CellExecution | undefined;
  for (const execution of seen) {
    const key = keyOf(execution, cells);
    const { order, succeeded } = execution;
    if (before !== undefined && isRestart(before, execution)) session += 1;
    const previous = before !== undefined && !isRestart(before, execution) ? before.order : 0;
    const isGap = order !== undefined && previous !== undefined && order > previous + 1;
    placed.push({
      ...{ key, source: execution.source, session },
      ...(order !== undefined && { order }),
      outcome: succeeded === undefined ? 'interrupted' : succeeded ? 'succeeded' : 'failed',
      isAssumed: false,
      followsUnseen: isGap,
    });
    known.add(key);
    before = execution;
  }
  // What cells say that ran before anybody looked, or when nobody did.
  const guessed = cells
    .filter(({ key, cell }) => !known.has(key) && cell.executionCount !== undefined)
    .filter(
      ({ cell }) =>
        seen.length === 0 || (first !== undefined && (cell.executionCount ?? 0) < first),
    )
    .sort((a, b) => (a.cell.executionCount ?? 0) - (b.cell.executionCount ?? 0))
    .map(({ key, cell }): PlacedExecution => {
      const failed = cell.outputs.some(({ kind }) => kind === 'error');
      return {
        ...{ key, source: cell.source, session: 0 },
        ...(cell.executionCount !== undefined && { order: cell.executionCount }),
        outcome: failed ? 'failed' : 'succeeded',
        ...{ isAssumed: true, followsUnseen: false },
      };
    });
  // The count of a cell that was seen to run says when it ran last; another one was not seen.
  const lastOrder = new Map(placed.map(({ key, order }) => [key, order]));
  const contradicted = new Set(
    cells
      .filter(({ key, cell }) => {
        const order = lastOrder.get(key);
        return (
          order !== undefined && cell.executionCount !== undefined && order !== cell.executionCount
        );
      })
      .map(({ key }) => key),
  );
  return [...guessed, ...placed].map((each) =>
    contradicted.has(each.key) ? { ...each, isAssumed: true } : each,
  );
}

function isRestart(before: CellExecution, { session, order }: CellExecution): boolean {
  if (session !== undefined && before.session !== undefined) return session !== before.session;
  return order !== undefined && before.order !== undefined && order <= before.order;
}

/** The cell that ran: by its id, else the one with that source nearest to where it was. */
function keyOf(
  { cellId, cellIndex, source }: CellExecution,
  cells: readonly IdentifiedCell[],
): string {
  if (cellId !== undefined) return cellId;
  const nearest = cells
    .filter(({ cell }) => hasNoId(cell) && cell.source === source)
    .sort((a, b) => Math.abs(a.index - cellIndex) - Math.abs(b.index - cellIndex))[0];
  const there = cells.find(({ index, cell }) => index === cellIndex && hasNoId(cell));
  return (nearest ?? there)?.key ?? `\u0000gone ${source}`;
}

function hasNoId({ id }: JudgedCell): boolean {
  return id === undefined || id.startsWith(passingIdMark);
}
