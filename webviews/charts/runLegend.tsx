import type { RunId } from '../../src/core/run/run';
import type { ChartedRun } from '../../src/protocol/chartsPage';
import type { LineStyle } from '../shared/chart/runStyles';
import { Swatch } from '../shared/chart/swatch';
import { Icon } from '../shared/icon';
import { StatusLabel } from '../shared/statusLabel';

interface RunLegendProps {
  readonly runs: readonly ChartedRun[];
  readonly hidden: ReadonlySet<RunId>;
  readonly styleOf: (runId: RunId) => LineStyle;
  readonly onToggle: (runId: RunId) => void;
  readonly onHighlight: (runId: RunId | undefined) => void;
  readonly onOpenLog: (runId: RunId) => void;
}

/** Which line is which run; pressing one hides its line or brings it back. */
export function RunLegend(props: RunLegendProps) {
  const { runs, hidden, styleOf, onToggle, onHighlight, onOpenLog } = props;
  return (
    <ul
      class="legend"
      aria-label="Runs on the charts"
      onPointerLeave={() => onHighlight(undefined)}
    >
      {runs.map(({ runId, name, status }) => (
        <li
          key={runId}
          class={hidden.has(runId) ? 'hidden-run' : ''}
          onPointerEnter={() => onHighlight(hidden.has(runId) ? undefined : runId)}
        >
          <button
            type="button"
            class="plain-button"
            aria-pressed={!hidden.has(runId)}
            title={hidden.has(runId) ? 'Show this run' : 'Hide this run'}
            onClick={() => onToggle(runId)}
          >
            <Swatch style={styleOf(runId)} />
            <span class="legend-name">{name}</span>
          </button>
          <StatusLabel status={status} />
          <button
            type="button"
            class="plain-button"
            aria-label={`Open the log of ${name}`}
            title="Open Log"
            onClick={() => onOpenLog(runId)}
          >
            <Icon name="log" />
          </button>
        </li>
      ))}
    </ul>
  );
}
