import type { CellExecution } from '../core/notebook/cellExecution';
import { type CellCode, readCellCode } from '../core/trust/cellCode';
import { type JudgedCell, judgeNotebook, type TrustReport } from '../core/trust/judge';

/** Judges the results of notebooks; the other side of a worker, as it parses every cell. */
export interface TrustService {
  judge(cells: readonly JudgedCell[], executions: readonly CellExecution[]): TrustReport;
}

const maxRemembered = 5_000;

export function createTrustService(): TrustService {
  /** Parsing is nearly all of the cost, and most cells are the same from one time to the next. */
  const remembered = new Map<string, CellCode>();
  const read = (source: string): CellCode => {
    const known = remembered.get(source);
    if (known !== undefined) return known;
    const code = readCellCode(source);
    if (remembered.size >= maxRemembered) remembered.clear();
    remembered.set(source, code);
    return code;
  };
  return { judge: (cells, executions) => judgeNotebook(cells, executions, read) };
}
