import { describeFault } from './describeTrust';
import type { CellVerdict } from './judge';
import type { ResultVerdict } from './resultVerdict';

/** How far the result of a notebook's run could be trusted when it was made. */
export interface RunTrust {
  readonly verdict: ResultVerdict;
  /** Why it is not `fresh`, worst first, a sentence each; none if it is. */
  readonly faults: readonly string[];
}

export function toRunTrust(cell: CellVerdict | undefined): RunTrust | undefined {
  if (cell === undefined) return undefined;
  return { verdict: cell.verdict, faults: cell.faults.map(describeFault) };
}
