import { useEffect, useMemo, useState } from 'preact/hooks';
import { automaticCards } from '../../src/core/chart/automaticCards';
import { arrangeCards, putCard } from '../../src/core/chart/chartLayout';
import type { FirstLines } from '../../src/core/chart/firstLines';
import type { RunId } from '../../src/core/run/run';
import { shortNames } from '../../src/core/run/shortNames';
import type {
  ChartedMetric,
  ChartsData,
  ChartsHost,
  ChartsState,
} from '../../src/protocol/chartsPage';
import { parseChartsState } from '../../src/protocol/chartsState';
import { Button, ProgressRing } from '../shared/controls';
import { FirstRun } from '../shared/firstRun';
import type { PageProps } from '../shared/mountPage';
import { ProblemBar } from '../shared/problemBar';
import { onThemeChange, readTheme } from '../shared/theme';
import type { CardContext } from './cardContext';
import { ChartsHeader, ChartsToolbar } from './chartsToolbar';
import { CardDialog } from './frame/cardDialog';
import { CardGrid } from './frame/cardGrid';
import { soloRun, toggled } from './legendOrder';
import { createLineReader } from './lineReader';
import { RunLegend } from './runLegend';
import { SearchRow } from './searchRow';
import { useStyles } from './useStyles';

const noMetrics: readonly ChartedMetric[] = [];

interface ChartsProps extends PageProps<ChartsHost, ChartsState, ChartsData> {
  /** The lines of the first cards, asked for together with the runs. */
  readonly firstLines: Promise<FirstLines | undefined> | undefined;
}

export function Charts(props: ChartsProps) {
  const { host, state, setState, data, problem, attempt, dismissProblem, refresh } = props;
  const { lines, layout } = state;
  const [theme, setTheme] = useState(readTheme);
  const [highlighted, setHighlighted] = useState<RunId>();
  const [isAdding, setAdding] = useState(false);
  const [isSearching, setSearching] = useState(false);
  useEffect(() => onThemeChange(() => setTheme(readTheme())), []);
  const readLines = useMemo(
    () => createLineReader((request) => host.readLines(request), props.firstLines),
    [host],
  );
  const hidden = useMemo(() => new Set(state.hiddenRuns), [state.hiddenRuns]);
  const pinned = useMemo(() => new Set(state.pinnedRuns), [state.pinnedRuns]);
  const runs = useMemo(
    () => (data?.runs ?? []).filter(({ runId }) => !hidden.has(runId)),
    [data, hidden],
  );
  const short = useMemo(() => {
    const all = data?.runs ?? [];
    const { shared, names } = shortNames(all.map(({ name }) => name));
    const nameOf = new Map(all.map(({ runId }, at) => [runId, names[at] ?? '']));
    return { shared, nameOf: (runId: RunId) => nameOf.get(runId) ?? '' };
  }, [data]);
  const styles = useStyles(state.stylePlaces, data?.runs ?? [], lines.groupBy, theme.isDark);
  const openLog = (runId: RunId) => attempt(host.openLog(runId));
  const chooseRuns = () => attempt(host.askRuns());
  const followNewest = () => {
    setSearching(false);
    attempt(host.showRuns({ runIds: [], search: '' }));
  };
  const openView = (saved: unknown) => {
    const { stylePlaces: _places, runIds, search, ...rest } = parseChartsState(saved);
    setState(rest);
    attempt(host.showRuns({ runIds, search }));
  };
  const searchRow = data !== undefined && (isSearching || data.search !== '') && (
    <SearchRow host={host} search={data.search} attempt={attempt} onClose={followNewest} />
  );
  const metrics = data?.metrics ?? noMetrics;
  const context: Omit<CardContext, 'columnPx'> = {
    ...{ host, readLines, runs, metrics, view: lines, theme, highlighted, setHighlighted },
    ...{
      styleOf: styles.styleOf,
      groupStyleOf: styles.groupStyleOf,
      openLog,
      attempt,
      attemptRead: attempt,
    },
    shortNameOf: short.nameOf,
  };
  const automatic = useMemo(() => automaticCards(metrics), [metrics]);
  const cards = useMemo(() => arrangeCards(automatic, layout), [automatic, layout]);
  const automaticIds = useMemo(() => new Set(automatic.map(({ id }) => id)), [automatic]);

  return (
    <div class="page">
      <ProblemBar
        problem={problem}
        onDismiss={dismissProblem}
        onRetry={data === undefined ? refresh : undefined}
      />
      {data !== undefined && data.runs.length > 0 && (
        <ChartsToolbar
          data={data}
          state={state}
          setState={(patch) => {
            setState(patch);
            // The host says to which group each run belongs.
            if (patch.lines !== undefined && patch.lines.groupBy !== lines.groupBy) refresh();
          }}
          host={host}
          attempt={attempt}
          onChooseRuns={chooseRuns}
          onFollowNewest={followNewest}
          onFollowSearch={() => setSearching(true)}
        />
      )}
      {/* In one place whatever stands below it, so that who writes into it is not interrupted. */}
      {searchRow}
      {data === undefined ? (
        <div class="loading">
          {problem === undefined && <ProgressRing label="Reading charts" />}
        </div>
      ) : data.runs.length === 0 && data.search !== '' ? (
        <main class="empty">
          <h1>No run matches</h1>
          <p>
            Runs that match <code>{data.search}</code> appear here as soon as they begin.
          </p>
          <Button onClick={followNewest}>Follow the Newest Run</Button>
        </main>
      ) : data.runs.length === 0 && !data.followsNewest ? (
        <main class="empty">
          <h1>These runs are not there any more</h1>
          <p>They were deleted. Until the window is closed, the last delete can be undone.</p>
          <div class="empty-actions">
            <Button look="primary" onClick={followNewest}>
              Follow the Newest Run
            </Button>
            <Button onClick={chooseRuns}>Choose Runs…</Button>
          </div>
        </main>
      ) : data.runs.length === 0 ? (
        <FirstRun title="No runs to chart" host={host} attempt={attempt}>
          The charts of the newest run appear here while it trains.
        </FirstRun>
      ) : (
        <>
          <div class="body">
            <RunLegend
              runs={data.runs}
              hidden={hidden}
              pinned={pinned}
              shared={short.shared}
              shortNameOf={short.nameOf}
              styleOf={styles.legendStyleOf}
              onToggle={(runId) => setState({ hiddenRuns: toggled(state.hiddenRuns, runId) })}
              onSolo={(runId) => setState({ hiddenRuns: soloRun(data.runs, hidden, runId) })}
              onPin={(runId) => setState({ pinnedRuns: toggled(state.pinnedRuns, runId) })}
              onShowAll={() => setState({ hiddenRuns: [] })}
              onHighlight={setHighlighted}
              onOpenRun={(runId) => attempt(host.openRun(runId))}
              onOpenLog={openLog}
            />
            <main class="scroll">
              <ChartsHeader
                data={data}
                state={state}
                setState={setState}
                host={host}
                attempt={attempt}
                onOpenView={openView}
                onAdd={() => setAdding(true)}
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
          </div>
          {isAdding && (
            <CardDialog
              context={{ ...context, columnPx: 0 }}
              spec={undefined}
              onDone={(spec) => setState({ layout: putCard(layout, { id: newCardId(), spec }) })}
              onClose={() => setAdding(false)}
            />
          )}
        </>
      )}
    </div>
  );
}

/** Of a chart that the user made; random, as a page may be open twice. */
function newCardId(): string {
  return `own:${crypto.getRandomValues(new Uint32Array(3)).join('-')}`;
}
