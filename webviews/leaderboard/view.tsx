import { useMemo, useState } from 'preact/hooks';
import type { BoardQuery } from '../../src/core/leaderboard/boardQuery';
import { boardCsv, boardMarkdown } from '../../src/core/leaderboard/exportBoard';
import { parseBoardQuery } from '../../src/core/leaderboard/parseBoardQuery';
import type { ShownBoard } from '../../src/core/leaderboard/shownBoard';
import type { LeaderboardHost, LeaderboardState } from '../../src/protocol/leaderboardPage';
import { Button, ProgressRing } from '../shared/controls';
import { FirstRun } from '../shared/firstRun';
import { MenuButton } from '../shared/menuButton';
import type { PageProps } from '../shared/mountPage';
import { ProblemBar } from '../shared/problemBar';
import { RunSearch } from '../shared/runSearch';
import { useGoodSearch } from '../shared/search/useGoodSearch';
import { useMediaQuery } from '../shared/useMediaQuery';
import { useSection } from '../shared/useSection';
import { ViewMenu } from '../shared/viewMenu';
import { BoardTable } from './boardTable';
import { ChoicesBar } from './choicesBar';
import { GoalBar } from './goalBar';
import { LeftOutList } from './leftOutList';
import { describeBoard, queryOf, runIdsOf, topTwo } from './state';

type Props = PageProps<LeaderboardHost, LeaderboardState, number>;

export function Leaderboard({ host, state, setState, data, problem, ...props }: Props) {
  const { attempt, dismissProblem } = props;
  const { search: written = '' } = state;
  const search = useGoodSearch(written);
  const query = useMemo(() => ({ ...queryOf(state), search }), [state, search]);
  const isReady = data !== undefined;
  const board = useSection(
    JSON.stringify(query),
    data ?? 0,
    () => (isReady ? host.readBoard(query) : new Promise<never>(() => undefined)),
    { keepsOld: true },
  );
  const shown = board.data;
  return (
    <div class="page">
      <ProblemBar problem={problem} onDismiss={dismissProblem} />
      <ProblemBar problem={board.problem} onDismiss={board.dismiss} onRetry={board.retry} />
      {shown === undefined ? (
        <div class="loading">
          {board.problem === undefined && <ProgressRing label="Reading the leaderboard" />}
        </div>
      ) : shown.runCount === 0 || (shown.metric === undefined && written === '') ? (
        <FirstRun
          title={shown.runCount === 0 ? 'No runs to rank yet' : 'No run has a metric yet'}
          {...{ host, attempt }}
        >
          Each run that ends with a metric such as <code>val_acc</code> is ranked here with those
          that read the same data, grouped by its params; seeds become mean ± standard deviation.
        </FirstRun>
      ) : (
        <Board
          {...{ host, setState, attempt, query, shown, written }}
          isReading={board.isLoading}
          version={data ?? 0}
        />
      )}
    </div>
  );
}

interface BoardProps extends Pick<Props, 'host' | 'setState' | 'attempt'> {
  readonly query: BoardQuery;
  /** The search as it stands in its box, maybe with an error. */
  readonly written: string;
  readonly shown: ShownBoard;
  readonly isReading: boolean;
  readonly version: number;
}

function Board(props: BoardProps) {
  const { host, setState, attempt, query, written, shown, isReading, version } = props;
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const { metric, direction, rows } = shown;
  const resolved = { ...query, ...(metric === undefined ? {} : { metric }), direction };
  const wanted = query.target === undefined ? [] : rows;
  const reached = useSection(
    JSON.stringify([resolved, wanted.map(({ key, count, mean }) => [key, count, mean])]),
    0,
    async () => {
      const keys = wanted.map(({ key }) => key);
      return keys.length === 0 ? [] : host.readReached(keys, resolved);
    },
    { keepsOld: true },
  );
  const chosen = rows.filter(({ key }) => selected.has(key));
  const top = topTwo(rows);
  const compared = chosen.length >= 2 ? chosen.flatMap(({ runs: [best] }) => best?.id ?? []) : top;
  const compareText = chosen.length >= 2 ? `Compare ${chosen.length}` : 'Compare Top Two';
  const chartsText = chosen.length > 0 ? `Charts of ${chosen.length}` : 'Charts of Top Five';
  const isNarrow = useMediaQuery('(max-width: 420px)');
  const save = (extension: string, text: string) =>
    attempt(host.saveFile(`leaderboard.${extension}`, text));

  return (
    <>
      <div class="toolbar goal" role="toolbar" aria-label="Goal">
        <GoalBar {...{ query, shown, setState }} />
        <span class="spacer" />
        <Button
          disabled={compared.length < 2}
          label={compareText}
          onClick={() => attempt(host.compareRuns(compared))}
          title={isNarrow ? compareText : 'What changed between them?'}
        >
          {isNarrow ? 'Compare' : compareText}
        </Button>
        <Button
          disabled={rows.length === 0}
          label={chartsText}
          onClick={() =>
            attempt(host.showCharts(runIdsOf(chosen.length > 0 ? chosen : rows.slice(0, 5))))
          }
        >
          {isNarrow ? 'Charts' : chartsText}
        </Button>
        <ViewMenu
          host={host}
          attempt={attempt}
          serialise={() => JSON.stringify(query)}
          onOpen={(kept) => setState({ ...nothingChosen, ...parseBoardQuery(kept) })}
        />
        <MenuButton
          label="More"
          items={[
            {
              text: 'Copy as Markdown',
              onChoose: () => attempt(host.copy(boardMarkdown(shown, query))),
            },
            { text: 'Copy as CSV', onChoose: () => attempt(host.copy(boardCsv(shown))) },
            { text: 'Save as Markdown…', onChoose: () => save('md', boardMarkdown(shown, query)) },
            { text: 'Save as CSV…', onChoose: () => save('csv', boardCsv(shown)) },
            {
              text: shown.hasPrice ? 'Change Prices…' : 'Set a Price per Hour…',
              startsGroup: true,
              onChoose: () => attempt(host.openPriceSettings()),
            },
          ]}
        />
      </div>
      <div class="search-line">
        <RunSearch
          label="Rank only runs that"
          placeholder="Rank only runs that… such as params.lr < 0.01"
          {...{ host, version }}
          value={written}
          onChange={(search) => setState({ search })}
        />
      </div>
      <ChoicesBar {...{ query, shown, setState }} />
      <main class="scroll">
        <p class="board-summary" role="status" aria-busy={isReading}>
          {describeBoard(shown)}
        </p>
        {!shown.isDirectionKnown && metric !== undefined && (
          <p class="hint">
            Nothing says whether {metric} is better high or low; higher is taken for better. Choose
            above, or say it for good in the setting epochlog.metrics.direction.
          </p>
        )}
        {shown.unknownDataCount > 0 && (
          <p class="hint">
            {shown.unknownDataCount === 1 ? 'One run' : `${shown.unknownDataCount} runs`} with data
            that nobody knows {shown.unknownDataCount === 1 ? 'is' : 'are'} ranked too: what they
            reached may be of other data.
          </p>
        )}
        {rows.length === 0 ? (
          <Nothing {...{ query, shown, setState }} />
        ) : (
          <BoardTable
            {...{ shown, query, selected }}
            reached={reached.data ?? []}
            onSelect={setSelected}
            onOpen={(runId) => attempt(host.openRun(runId))}
          />
        )}
        <LeftOutList leftOut={shown.leftOut} onOpen={(runId) => attempt(host.openRun(runId))} />
      </main>
    </>
  );
}

/** Why no row is there, and what brings some. */
function Nothing({ query, shown, setState }: Pick<BoardProps, 'query' | 'shown' | 'setState'>) {
  const ofUnknownData = shown.leftOut.some(
    ({ reason }) => reason === 'noData' || reason === 'dataNotRead',
  );
  if (shown.foundCount === 0 && query.search !== '') {
    return (
      <p class="nothing">
        No run matches “{query.search}”.
        <Button onClick={() => setState({ search: '' })}>Clear Search</Button>
      </p>
    );
  }
  return (
    <p class="nothing">
      No run can be ranked by this goal.{' '}
      {shown.leftOut.length > 0 ? 'Below it says why each is left out.' : ''}
      {ofUnknownData && !query.withUnknownData && (
        <Button onClick={() => setState({ withUnknownData: true })}>
          Also Rank Runs Whose Data Is Not Known
        </Button>
      )}
    </p>
  );
}

/** A view that leaves one of these out means that it is not chosen. */
const nothingChosen: LeaderboardState = {
  ...{ metric: undefined, direction: undefined, target: undefined, dataKey: undefined },
};
