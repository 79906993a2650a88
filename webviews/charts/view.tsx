import { useEffect, useMemo, useState } from 'preact/hooks';
import type { RunId } from '../../src/core/run/run';
import type {
  ChartedRun,
  ChartsData,
  ChartsHost,
  ChartsState,
} from '../../src/protocol/chartsPage';
import { Button, Checkbox, ProgressRing, RadioGroup } from '../shared/controls';
import type { PageProps } from '../shared/mountPage';
import { ProblemBar } from '../shared/problemBar';
import { onThemeChange, readTheme } from '../shared/theme';
import { ChartCard } from './chartCard';
import { Legend } from './legend';
import { toPlots } from './state';

export function Charts(props: PageProps<ChartsHost, ChartsState, ChartsData>) {
  const { host, state, setState, data, problem, attempt, dismissProblem } = props;
  const [hidden, setHidden] = useState<ReadonlySet<RunId>>(new Set());
  const [theme, setTheme] = useState(readTheme);
  useEffect(() => onThemeChange(() => setTheme(readTheme())), []);
  const plots = useMemo(
    () => (data === undefined ? [] : toPlots(data, state, hidden)),
    [data, state.xAxis, state.logScale, hidden],
  );
  const chooseRuns = () => attempt(host.askRuns());

  const toggle = ({ runId }: ChartedRun) => {
    const next = new Set(hidden);
    if (!next.delete(runId)) next.add(runId);
    setHidden(next);
  };

  return (
    <div class="page">
      <ProblemBar problem={problem} onDismiss={dismissProblem} />
      {data === undefined ? (
        <div class="loading">
          {problem === undefined && <ProgressRing label="Reading charts" />}
        </div>
      ) : data.runs.length === 0 ? (
        <main class="empty">
          <h1>No runs to chart</h1>
          <p>
            Train as you always do, for example with <code>python train.py</code> in the terminal.
            The chart of the newest run appears here while it trains.
          </p>
          <Button onClick={chooseRuns}>Choose Runs…</Button>
        </main>
      ) : (
        <>
          <div class="toolbar" role="toolbar" aria-label="Charts">
            <Button onClick={chooseRuns}>Choose Runs…</Button>
            <RadioGroup
              label="X axis"
              value={state.xAxis}
              options={[
                { value: 'step', text: 'Step' },
                { value: 'time', text: 'Time' },
              ]}
              onChange={(xAxis) => setState({ xAxis })}
            />
            <Checkbox checked={state.logScale} onChange={(logScale) => setState({ logScale })}>
              Log scale
            </Checkbox>
            <span class="spacer" />
            <span class="muted" role="status">
              {statusText(data)}
            </span>
          </div>
          <main class="scroll">
            <Legend
              runs={data.runs}
              hidden={hidden}
              theme={theme}
              onToggle={toggle}
              onOpenLog={(runId) => attempt(host.openLog(runId))}
            />
            {plots.length === 0 ? (
              <p class="empty muted">
                {data.runs.some((run) => run.status === 'running')
                  ? 'No metric yet. The first one appears here as soon as it is printed.'
                  : 'These runs have no metric.'}
              </p>
            ) : (
              <div class="cards">
                {plots.map((plot) => (
                  <ChartCard key={plot.key} plot={plot} logScale={state.logScale} theme={theme} />
                ))}
              </div>
            )}
          </main>
        </>
      )}
    </div>
  );
}

function statusText({ runs, followsNewest }: ChartsData): string {
  const running = runs.filter((run) => run.status === 'running').length;
  const live = running === 0 ? '' : running === 1 ? '1 run is live' : `${running} runs are live`;
  return [followsNewest ? 'Following the newest run' : '', live].filter(Boolean).join(' · ');
}
