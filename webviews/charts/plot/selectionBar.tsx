import type { ChartedRun } from '../../../src/protocol/chartsPage';
import { Button } from '../../shared/controls';
import type { CardContext } from '../cardContext';

interface SelectionBarProps {
  readonly runs: readonly ChartedRun[];
  /** What chose them, such as the brushes in words. */
  readonly reason?: string;
  readonly context: CardContext;
  readonly onClear: () => void;
  /** What stands beside a run in the list. */
  readonly textOf?: (run: ChartedRun) => string;
}

/** More names nobody reads through; what is done is done with all of them. */
const maxListed = 100;
const maxCompared = 10;

/** The runs that were chosen in a chart, and what can be done with them. */
export function SelectionBar({ runs, reason, context, onClear, textOf }: SelectionBarProps) {
  const { host, attempt, setHighlighted } = context;
  const ids = runs.map(({ runId }) => runId);
  const count = `${runs.length} ${runs.length === 1 ? 'run' : 'runs'} selected`;
  return (
    <section class="selection" aria-label="Selected runs">
      <div class="selection-bar">
        <span role="status">
          <b>{count}</b>
          {reason === undefined ? '' : `: ${reason}`}
        </span>
        <span class="selection-buttons">
          <Button disabled={runs.length === 0} onClick={() => attempt(host.chartRuns(ids))}>
            Chart Only These
          </Button>
          <Button
            disabled={runs.length < 2}
            title={
              runs.length > maxCompared
                ? `Compares the first ${maxCompared}`
                : 'What differs between them'
            }
            onClick={() => attempt(host.compareRuns(ids.slice(0, maxCompared)))}
          >
            Compare
          </Button>
          <Button onClick={onClear}>Clear</Button>
        </span>
      </div>
      {runs.length > 0 && (
        <ul aria-label={count}>
          {runs.slice(0, maxListed).map((run) => (
            <li
              key={run.runId}
              onMouseEnter={() => setHighlighted(run.runId)}
              onMouseLeave={() => setHighlighted(undefined)}
            >
              <button
                type="button"
                class="link selection-run"
                title={`Open ${run.name}`}
                onClick={() => attempt(host.openRun(run.runId))}
              >
                {context.shortNameOf(run.runId)}
              </button>
              {textOf && <span>{textOf(run)}</span>}
            </li>
          ))}
          {runs.length > maxListed && <li class="muted">and {runs.length - maxListed} more</li>}
        </ul>
      )}
    </section>
  );
}
