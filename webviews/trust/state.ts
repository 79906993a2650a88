import {
  describeFault,
  describeFresh,
  describeReport,
  verdictMeanings,
  verdictWords,
} from '../../src/core/trust/describeTrust';
import type { ResultVerdict } from '../../src/core/trust/resultVerdict';
import type { NotebookTrust } from '../../src/protocol/trustPage';
import type { IconName } from '../shared/icon';

export interface TrustReason {
  readonly text: string;
  /** The cell to go to. */
  readonly cellIndex?: number;
}

export interface TrustRow {
  readonly cellIndex: number;
  /** `Cell 3`, with `[5]` if it ran. */
  readonly title: string;
  readonly code: string;
  readonly verdict: ResultVerdict;
  readonly word: string;
  readonly meaning: string;
  readonly icon: IconName;
  readonly reasons: readonly TrustReason[];
  /** What a fresh kernel would make of it, if that is known to be something else. */
  readonly fresh?: string;
  /** It keeps the notebook from being reproduced, or may. */
  readonly isFault: boolean;
}

export interface TrustAnswer {
  readonly word: 'Yes' | 'No' | 'Cannot tell';
  readonly kind: 'yes' | 'no' | 'unknown';
  readonly sentence: string;
  readonly rows: readonly TrustRow[];
  readonly faultCount: number;
}

const icons: Readonly<Record<ResultVerdict, IconName>> = {
  fresh: 'finished',
  stale: 'interrupted',
  outOfOrder: 'move',
  hiddenState: 'interrupted',
  failed: 'failed',
  notRun: 'minus',
  unknown: 'more',
};

/** What the page shows of a report; undefined while there is none. */
export function answerOf({ report, labels }: NotebookTrust): TrustAnswer | undefined {
  if (report === undefined) return undefined;
  const byIndex = new Map(labels.map((label) => [label.cellIndex, label]));
  const rows = report.cells.map((cell): TrustRow => {
    const label = byIndex.get(cell.cellIndex);
    const count = label?.executionCount;
    const fresh = describeFresh(cell);
    return {
      cellIndex: cell.cellIndex,
      title: `Cell ${cell.cellIndex + 1}${count === undefined ? '' : ` [${count}]`}`,
      code: label?.text ?? '',
      verdict: cell.verdict,
      word: verdictWords[cell.verdict],
      meaning: verdictMeanings[cell.verdict],
      icon: icons[cell.verdict],
      reasons: cell.faults.map((fault) => ({
        text: describeFault(fault),
        ...(fault.cellIndex !== undefined &&
          fault.cellIndex !== cell.cellIndex && { cellIndex: fault.cellIndex }),
      })),
      ...(fresh !== undefined && { fresh }),
      isFault: fresh !== undefined || (cell.verdict !== 'fresh' && cell.verdict !== 'notRun'),
    };
  });
  const words = { yes: 'Yes', no: 'No', unknown: 'Cannot tell' } as const;
  return {
    word: words[report.reproducible],
    kind: report.reproducible,
    sentence: describeReport(report),
    rows,
    faultCount: rows.filter(({ isFault }) => isFault).length,
  };
}
