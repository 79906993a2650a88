import { formatCost } from '../../src/core/format/formatCost';
import { formatNumber } from '../../src/core/format/formatNumber';
import { formatAge, formatDuration } from '../../src/core/format/formatTime';
import type { BoardRow } from '../../src/core/leaderboard/shownBoard';
import type { RunId } from '../../src/core/run/run';
import { useNow } from '../shared/useNow';
import { RunList } from './runList';

interface RowRunsProps {
  readonly row: BoardRow;
  readonly currency: string;
  readonly onOpen: (runId: RunId) => void;
}

/** The runs behind a row, the best first. */
export function RowRuns({ row, currency, onOpen }: RowRunsProps) {
  const nowMs = useNow(60_000);
  return (
    <RunList
      label={`Runs of rank ${row.rank}`}
      runs={row.runs}
      runCount={row.count}
      onOpen={onOpen}
    >
      {({ value, repeats, startedAtMs, durationMs, cost }) => (
        <>
          <strong>{formatNumber(value)}</strong>
          {repeats !== '' && <span class="param">{repeats}</span>}
          <span class="muted">
            {[
              formatDuration(durationMs),
              ...(cost === undefined ? [] : [formatCost(cost, currency)]),
              formatAge(startedAtMs, nowMs),
            ].join(' · ')}
          </span>
        </>
      )}
    </RunList>
  );
}
