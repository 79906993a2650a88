import { useState } from 'preact/hooks';
import { formatCost } from '../../src/core/format/formatCost';
import { formatNumber } from '../../src/core/format/formatNumber';
import { formatDuration } from '../../src/core/format/formatTime';
import type { BoardQuery } from '../../src/core/leaderboard/boardQuery';
import type { ReachedGroup } from '../../src/core/leaderboard/cost';
import { describeMean } from '../../src/core/leaderboard/describeGoal';
import type { BoardRow, ShownBoard } from '../../src/core/leaderboard/shownBoard';
import type { RunId } from '../../src/core/run/run';
import { Icon } from '../shared/icon';
import { RowRuns } from './rowRuns';
import { count } from './state';

interface BoardTableProps {
  readonly shown: ShownBoard;
  readonly query: BoardQuery;
  readonly reached: readonly ReachedGroup[];
  readonly selected: ReadonlySet<string>;
  readonly onSelect: (selected: ReadonlySet<string>) => void;
  readonly onOpen: (runId: RunId) => void;
}

export function BoardTable({ shown, query, reached, selected, onSelect, onOpen }: BoardTableProps) {
  const { rows, metric, hasPrice, currency } = shown;
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set());
  const hasTarget = query.target !== undefined;
  const reachedOf = new Map(reached.map((each) => [each.key, each]));
  const columnCount = 6 + (hasTarget ? 2 : 0) + (hasPrice ? 1 : 0);
  const toggled = (keys: ReadonlySet<string>, key: string) => {
    const next = new Set(keys);
    if (!next.delete(key)) next.add(key);
    return next;
  };
  return (
    <div class="table-frame">
      <table class="board" aria-label="Leaderboard">
        <thead>
          <tr>
            <th scope="col" class="check">
              <span class="visually-hidden">Selected</span>
            </th>
            <th scope="col" class="number">
              Rank
            </th>
            <th scope="col">Configuration</th>
            <th scope="col" class="number">
              {metric}
            </th>
            <th scope="col" class="number">
              Runs
            </th>
            {hasTarget && <th scope="col">Target {formatNumber(query.target ?? 0)}</th>}
            {hasTarget && <th scope="col">To reach it</th>}
            <th scope="col" class="number time">
              Time a run
            </th>
            {hasPrice && (
              <th scope="col" class="number cost">
                Cost
              </th>
            )}
          </tr>
        </thead>
        {rows.map((row) => (
          <tbody key={row.key}>
            <tr class={row.rank === 1 ? 'first' : ''}>
              <td class="check">
                <input
                  type="checkbox"
                  aria-label={`Select rank ${row.rank}, ${describeConfiguration(row)}`}
                  checked={selected.has(row.key)}
                  onChange={() => onSelect(toggled(selected, row.key))}
                />
              </td>
              <td class="number rank">{row.rank}</td>
              <th scope="row" class="configuration">
                <div class="configuration-line">
                  <button
                    type="button"
                    class="plain-button"
                    aria-expanded={opened.has(row.key)}
                    title="Show its runs"
                    onClick={() => setOpened(toggled(opened, row.key))}
                  >
                    <Icon name={opened.has(row.key) ? 'opened' : 'forward'} />
                    <span>{row.script}</span>
                  </button>
                  <Params row={row} />
                  {row.hasUnknownData && <span class="mark">data not known</span>}
                </div>
              </th>
              <td class="number score">
                {row.isWithinNoise && (
                  <span
                    class="mark"
                    title="The difference to the first is within one standard deviation"
                  >
                    ≈ first<span class="visually-hidden">, within one standard deviation</span>
                  </span>
                )}
                <span class="mean">{describeMean(row).replace('± ', '±\u00a0')}</span>
              </td>
              <td class="number">{row.count}</td>
              {hasTarget && <TargetCell row={row} />}
              {hasTarget && (
                <ReachedCell row={row} reached={reachedOf.get(row.key)} currency={currency} />
              )}
              <td class="number time">{formatDuration(row.durationMs)}</td>
              {hasPrice && (
                <td class="number cost">
                  {row.totalCost === undefined ? (
                    <span class="muted">no price</span>
                  ) : (
                    formatCost(row.totalCost, currency)
                  )}
                </td>
              )}
            </tr>
            {opened.has(row.key) && (
              <tr class="runs-row">
                <td colSpan={columnCount}>
                  <RowRuns row={row} currency={currency} onOpen={onOpen} />
                </td>
              </tr>
            )}
          </tbody>
        ))}
      </table>
    </div>
  );
}

function describeConfiguration({ script, params }: BoardRow): string {
  return [script, ...params.slice(0, 4).map(({ key, value }) => `${key}=${value}`)].join(' ');
}

/** More of them are shown by their number. */
const shownParams = 8;

function Params({ row: { params } }: { readonly row: BoardRow }) {
  const more = params.length - shownParams;
  return (
    <>
      {params.slice(0, shownParams).map(({ key, value }) => (
        <span key={key} class="param" title={`${key}=${value}`}>
          <span class="param-key">{key}=</span>
          {value}
        </span>
      ))}
      {more > 0 && <span class="muted">and {count(more, 'param')} more</span>}
    </>
  );
}

function TargetCell({ row: { gap } }: { readonly row: BoardRow }) {
  return (
    <td class={gap === 0 ? 'reached' : ''}>
      {gap === 0 ? (
        <>
          <Icon name="finished" /> reached
        </>
      ) : (
        `${formatNumber(Number((gap ?? 0).toPrecision(12)))} short`
      )}
    </td>
  );
}

interface ReachedCellProps {
  readonly row: BoardRow;
  readonly reached: ReachedGroup | undefined;
  readonly currency: string;
}

function ReachedCell({ row, reached, currency }: ReachedCellProps) {
  if (reached === undefined) return <td class="muted">…</td>;
  const { reachedCount, timedCount, durationMs, cost } = reached;
  if (reachedCount === 0) return <td class="muted">never</td>;
  if (durationMs === undefined) return <td class="muted">time not known</td>;
  return (
    <td title={timedCount < reachedCount ? `Mean of the best ${timedCount}` : undefined}>
      {formatDuration(durationMs)}
      {cost === undefined ? '' : ` · ${formatCost(cost, currency)}`}
      {reachedCount < row.count && (
        <span class="muted">
          {' '}
          ({reachedCount} of {row.count} runs)
        </span>
      )}
    </td>
  );
}
