import type { RunId } from '../../src/core/run/run';
import type { ChartedRun } from '../../src/protocol/chartsPage';
import { Icon } from '../shared/icon';
import { StatusLabel } from '../shared/statusLabel';
import type { Theme } from '../shared/theme';
import { lineStyle } from './state';
import { Swatch } from './swatch';

interface LegendProps {
  readonly runs: readonly ChartedRun[];
  readonly hidden: ReadonlySet<RunId>;
  readonly theme: Theme;
  readonly onToggle: (run: ChartedRun) => void;
  readonly onOpenLog: (runId: RunId) => void;
}

/** Which line is which run; pressing one hides its line or brings it back. */
export function Legend({ runs, hidden, theme, onToggle, onOpenLog }: LegendProps) {
  return (
    <ul class="legend" aria-label="Runs on the charts">
      {runs.map((run, index) => (
        <li key={run.runId} class={hidden.has(run.runId) ? 'hidden-run' : ''}>
          <button
            type="button"
            class="plain-button"
            aria-pressed={!hidden.has(run.runId)}
            title={hidden.has(run.runId) ? 'Show this run' : 'Hide this run'}
            onClick={() => onToggle(run)}
          >
            <Swatch style={lineStyle(index, theme.lines)} />
            <span class="legend-name">{run.name}</span>
          </button>
          <StatusLabel status={run.status} />
          <button
            type="button"
            class="plain-button"
            aria-label={`Open the log of ${run.name}`}
            title="Open Log"
            onClick={() => onOpenLog(run.runId)}
          >
            <Icon name="log" />
          </button>
        </li>
      ))}
    </ul>
  );
}
