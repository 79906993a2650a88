import { formatCost } from '../../src/core/format/formatCost';
import { formatNumber } from '../../src/core/format/formatNumber';
import { formatAge, formatDuration } from '../../src/core/format/formatTime';
import type { BoardRow } from '../../src/core/leaderboard/shownBoard';
import type { RunId } from '../../src/core/run/run';
import { useNow } from '../shared/useNow';
import { count } from './state';

interface RowRunsProps {
  readonly row: BoardRow;
  readonly currency: string;
  readonly onOpen: (runId: RunId) => void;
}

/** The runs behind a row, the best first. */
export function RowRuns({ row, currency, onOpen }: RowRunsProps) {
  const nowMs = useNow(60_000);
  const more = row.count - row.runs.length;
  return (
    <>
      <ul class="runs" aria-label={`Runs of rank ${row.rank}`}>
        {row.runs.map(({ id, name, value, repeats, startedAtMs, durationMs, cost }) => (
          <li key={id}>
            <button
              type="button"
              class="plain-button link"
              title="Open this run"
              onClick={() => onOpen(id)}
            >
              {name}
            </button>
            <strong>{formatNumber(value)}</strong>
            {repeats !== '' && <span class="param">{repeats}</span>}
            <span class="muted">
              {[
                formatDuration(durationMs),
                ...(cost === undefined ? [] : [formatCost(cost, currency)]),
                formatAge(startedAtMs, nowMs),
              ].join(' · ')}
            </span>
          </li>
        ))}
      </ul>
      {more > 0 && <p class="muted">and {count(more, 'run')} more</p>}
    </>
  );
}
