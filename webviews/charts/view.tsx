import { useEffect, useMemo, useState } from 'preact/hooks';
import { arrangeCards, putCard } from '../../src/core/chart/chartLayout';
import { type XAxisKind, xAxisKinds } from '../../src/core/chart/xAxis';
import type { RunId } from '../../src/core/run/run';
import type { ChartsData, ChartsHost, ChartsState } from '../../src/protocol/chartsPage';
import { lineStyle } from '../shared/chart/runStyles';
import { axisNames } from '../shared/chart/timeAxis';
import { Button, Checkbox, ProgressRing, RadioGroup, TextField } from '../shared/controls';
import { MenuButton } from '../shared/menuButton';
import type { PageProps } from '../shared/mountPage';
import { ProblemBar } from '../shared/problemBar';
import { onThemeChange, readTheme } from '../shared/theme';
import type { CardContext } from './cardContext';
import { CardDialog } from './frame/cardDialog';
import { CardGrid } from './frame/cardGrid';
import { createLineReader } from './lineReader';
import { RunLegend } from './runLegend';
import { automaticCards } from './state';

export function Charts(props: PageProps<ChartsHost, ChartsState, ChartsData>) {
  const { host, state, setState, data, problem, attempt, dismissProblem } = props;
  const { lines, layout } = state;
  const [theme, setTheme] = useState(readTheme);
  const [highlighted, setHighlighted] = useState<RunId>();
  const [isAdding, setAdding] = useState(false);
  useEffect(() => onThemeChange(() => setTheme(readTheme())), []);
  const readLines = useMemo(() => createLineReader((request) => host.readLines(request)), [host]);
  const hidden = useMemo(() => new Set(state.hiddenRuns), [state.hiddenRuns]);
  const runs = useMemo(
    () => (data?.runs ?? []).filter(({ runId }) => !hidden.has(runId)),
    [data, hidden],
  );
  const styleOf = useMemo(() => {
    const places = new Map(state.stylePlaces.map((runId, place) => [runId, place]));
    return (runId: RunId) => lineStyle(places.get(runId) ?? 0, theme.isDark);
  }, [state.stylePlaces, theme]);
  const openLog = (runId: RunId) => attempt(host.openLog(runId));
  const chooseRuns = () => attempt(host.askRuns());
  const metrics = data?.metrics ?? [];
  const context: CardContext = {
    ...{ host, readLines, runs, metrics, view: lines, theme, highlighted, setHighlighted },
    ...{ styleOf, openLog, attempt },
  };
  const automatic = useMemo(() => automaticCards(metrics), [data]);
  const cards = useMemo(() => arrangeCards(automatic, layout), [automatic, layout]);
  const automaticIds = useMemo(() => new Set(automatic.map(({ id }) => id)), [automatic]);

  const toggle = (runId: RunId) =>
    setState({
      hiddenRuns: hidden.has(runId)
        ? state.hiddenRuns.filter((other) => other !== runId)
        : [...state.hiddenRuns, runId],
    });

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
              value={lines.xAxis}
              options={xAxisKinds
                .filter((kind) => kind !== 'epoch')
                .map((value: XAxisKind) => ({ value, text: axisNames[value] }))}
              onChange={(xAxis) => setState({ lines: { ...lines, xAxis } })}
            />
            <Checkbox
              checked={lines.isLogX}
              onChange={(isLogX) => setState({ lines: { ...lines, isLogX } })}
            >
              Log x
            </Checkbox>
            <Checkbox
              checked={lines.isLogY}
              onChange={(isLogY) => setState({ lines: { ...lines, isLogY } })}
            >
              Log y
            </Checkbox>
            <TextField
              label="Filter charts"
              placeholder="Filter charts"
              value={state.filter}
              onInput={(filter) => setState({ filter })}
            />
            <Button onClick={() => setAdding(true)}>Add Chart…</Button>
            <MenuButton
              label="Layout"
              items={[
                ...(['auto', 1, 2, 3] as const).map((columns) => ({
                  text: columns === 'auto' ? 'Columns as There Is Room' : `${columns} at Most`,
                  checked: layout.columns === columns,
                  onChoose: () => setState({ layout: { ...layout, columns } }),
                })),
                {
                  text: 'Show Hidden Charts',
                  startsGroup: true,
                  disabled: layout.hidden.length === 0,
                  onChoose: () => setState({ layout: { ...layout, hidden: [] } }),
                },
              ]}
            />
            <span class="spacer" />
            <span class="muted" role="status">
              {statusText(data)}
            </span>
          </div>
          <main class="scroll">
            <RunLegend
              runs={data.runs}
              hidden={hidden}
              styleOf={styleOf}
              onToggle={toggle}
              onHighlight={setHighlighted}
              onOpenLog={openLog}
            />
            {cards.length === 0 ? (
              <p class="empty muted">
                {data.runs.some((run) => run.status === 'running')
                  ? 'No metric yet. The first one appears here as soon as it is printed.'
                  : 'These runs have no metric.'}
              </p>
            ) : (
              <CardGrid
                cards={cards}
                automatic={automaticIds}
                layout={layout}
                onLayout={(next) => setState({ layout: next })}
                filter={state.filter}
                context={context}
              />
            )}
          </main>
          {isAdding && (
            <CardDialog
              context={context}
              spec={undefined}
              onDone={(spec) =>
                setState({ layout: putCard(layout, { id: crypto.randomUUID(), spec }) })
              }
              onClose={() => setAdding(false)}
            />
          )}
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
