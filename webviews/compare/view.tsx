import { useMemo, useState } from 'preact/hooks';
import type { SectionId } from '../../src/core/compare/comparedRow';
import { sectionTitles } from '../../src/core/compare/comparedRow';
import { comparisonMarkdown } from '../../src/core/compare/comparisonMarkdown';
import { firstFigureNumber } from '../../src/core/compare/metricRows';
import { runLetter, summarizeChanges } from '../../src/core/compare/summarizeChanges';
import type { Remote } from '../../src/core/rpc';
import type { Run } from '../../src/core/run/run';
import type { CompareHost, CompareState } from '../../src/protocol/comparePage';
import { Button, ProgressRing } from '../shared/controls';
import type { PageProps } from '../shared/mountPage';
import { ProblemBar } from '../shared/problemBar';
import { useChangeKeys } from './changeKeys';
import { CodeParts } from './codeParts';
import { describeLogs, LogDiff, logLines } from './logDiff';
import { Matrix } from './matrix';
import { RunHeads } from './runHeads';
import { SectionFrame } from './sectionFrame';
import { againstRun, baseFirst, countText, pageOfColumns, runsAtOnce, shownRows } from './state';
import { CompareToolbar } from './toolbar';
import { type Comparison, useComparison } from './useComparison';

export interface ComparedData {
  readonly runs: readonly Run[];
  /** Another with each answer of the host. */
  readonly version: number;
}

type Props = PageProps<CompareHost, CompareState, ComparedData>;

export function Compare(props: Props) {
  const { data, problem, attempt, dismissProblem, refresh } = props;
  return (
    <div class="page">
      <ProblemBar
        problem={problem}
        onDismiss={dismissProblem}
        onRetry={data === undefined ? refresh : undefined}
      />
      {data === undefined ? (
        <div class="loading">
          {problem === undefined && <ProgressRing label="Reading the comparison" />}
        </div>
      ) : data.runs.length < 2 ? (
        <main class="empty">
          <h1>Nothing to compare</h1>
          <p>
            Fewer than two of these runs are still there. Select two or more runs in the Runs view
            or in the run table and choose <b>What Changed?</b>
          </p>
          <div class="empty-actions">
            <Button look="primary" onClick={() => attempt(props.host.showRunTable())}>
              Show Run Table
            </Button>
          </div>
        </main>
      ) : (
        <Changes {...props} data={data} />
      )}
    </div>
  );
}

const sectionIds: readonly SectionId[] = [
  ...(['metrics', 'params', 'code', 'data', 'environment'] as const),
  ...(['command', 'hardware', 'run', 'artifacts', 'log'] as const),
];

function Changes({
  host,
  state,
  setState,
  data,
  attempt,
}: Props & { readonly data: ComparedData }) {
  useChangeKeys();
  const { figure = 'last', figureNumber = firstFigureNumber, onlyDifferences } = state;
  const runs = useMemo(() => baseFirst(data.runs, state.baseId), [data, state.baseId]);
  const against = againstRun(runs, state.againstId);
  const [page, setPage] = useState(0);
  const [opened, setOpened] = useState<ReadonlySet<SectionId>>(new Set());
  const comparison = useComparison(host, runs, against, figure, figureNumber, data.version);
  const { rows, code } = comparison;
  const summary = summarizeChanges({
    ...{ runs, figure, ofPoints: comparison.figures.data },
    ...{ params: rows.params ?? [], code: code.data },
    ...{ data: rows.data, environment: rows.environment },
  });
  const pages = Math.ceil((runs.length - 1) / runsAtOnce);
  const columnPage = Math.min(page, pages - 1);
  const columns = runs
    .map((run, index) => ({ run, index }))
    .filter(({ index }) => index === 0 || Math.floor((index - 1) / runsAtOnce) === columnPage);
  const same = sectionIds.filter((id) => isSame(id, comparison) && !opened.has(id));
  const pair = `A → ${runLetter(against === undefined ? 1 : runs.indexOf(against))}`;
  const isReading = [comparison.packages, comparison.files, code, comparison.logs].some(
    ({ data: known, problem }) => known === undefined && problem === undefined,
  );
  const copy = () =>
    host.copy(
      comparisonMarkdown({
        ...{ summary, runs, codeOf: pair, code: code.data?.parts ?? [] },
        sections: sectionIds.map((id) => ({
          id,
          rows: (rows[id] ?? []).filter(({ differs }) => differs),
        })),
      }),
    );
  const gone = state.runIds.length - runs.length;

  return (
    <>
      <CompareToolbar
        {...{ figure, figureNumber, onlyDifferences, page: columnPage, runCount: runs.length }}
        onFigure={(next) => setState({ figure: next })}
        onFigureNumber={(next) => setState({ figureNumber: next })}
        onOnlyDifferences={(next) => setState({ onlyDifferences: next })}
        onPage={setPage}
        onCharts={() => attempt(host.showCharts(runs.map(({ id }) => id)))}
        onCopy={() => attempt(copy())}
      />
      <main class="scroll">
        <div class="content" style={{ '--runs': String(columns.length) }}>
          <p class="summary" role="status">
            {summary}
            {isReading && <span class="muted"> …</span>}
          </p>
          {gone > 0 && (
            <p class="gone muted">
              {gone === 1 ? 'One of these runs is' : `${gone} of these runs are`} not there any
              more.
            </p>
          )}
          <RunHeads
            runs={columns}
            againstId={against?.id}
            canChoose={runs.length > 2}
            onBase={(baseId) => setState({ baseId })}
            onAgainst={(againstId) => setState({ againstId })}
            onOpen={(runId) => attempt(host.openRun(runId))}
          />
          {sectionIds
            .filter((id) => !same.includes(id))
            .map((id) => (
              <AnySection
                key={id}
                {...{ id, comparison, columns, pair, onlyDifferences, host, attempt }}
                page={columnPage}
                pairIds={[runs[0], against]}
                onShowAll={() => setState({ onlyDifferences: false })}
              />
            ))}
          {same.length > 0 && (
            <p class="same-line">
              <span>The same:</span>
              {same.map((id) => (
                <button
                  key={id}
                  type="button"
                  class="plain-button link"
                  title={`Show ${sectionTitles[id]}`}
                  onClick={() => setOpened(new Set([...opened, id]))}
                >
                  {sectionTitles[id]}
                </button>
              ))}
            </p>
          )}
        </div>
      </main>
    </>
  );
}

/** Whether all of it is known, and nothing of it differs. */
function isSame(id: SectionId, { rows, code, logs }: Comparison): boolean {
  const isSameRows = rows[id]?.every(({ differs }) => !differs) === true;
  if (id === 'code') return isSameRows && code.data?.parts.length === 0 && !code.problem;
  if (id === 'log') return logs.data !== undefined && logLines(logs.data) === 0 && !logs.problem;
  return isSameRows;
}

interface AnySectionProps {
  readonly id: SectionId;
  readonly comparison: Comparison;
  readonly columns: readonly { readonly run: Run; readonly index: number }[];
  readonly page: number;
  readonly pair: string;
  readonly pairIds: readonly [Run | undefined, Run | undefined];
  readonly onlyDifferences: boolean;
  readonly host: Remote<CompareHost>;
  readonly attempt: Props['attempt'];
  readonly onShowAll: () => void;
}

function AnySection(props: AnySectionProps) {
  const { id, comparison, pair } = props;
  const { rows, packages, files, code, logs } = comparison;
  if (id === 'log') {
    return (
      <SectionFrame
        id={id}
        note={logs.data === undefined ? '' : `${pair} · ${describeLogs(logs.data)}`}
        reading={logs}
      >
        {logs.data !== undefined && <LogDiff logs={logs.data} />}
      </SectionFrame>
    );
  }
  const all = rows[id] ?? [];
  const table = <SectionRows {...props} />;
  if (id === 'code') {
    const parts = code.data?.parts.length ?? 0;
    const note =
      parts === 0 ? 'no code differs' : `${parts} ${parts === 1 ? 'part differs' : 'parts differ'}`;
    return (
      <SectionFrame id={id} note={code.data === undefined ? '' : note} reading={code}>
        {table}
        {code.data !== undefined && (
          <CodeParts
            code={code.data}
            pair={pair}
            onOpenNotebookDiff={() => {
              const [base, run] = props.pairIds;
              if (base && run) props.attempt(props.host.openNotebookDiff(base.id, run.id));
            }}
          />
        )}
      </SectionFrame>
    );
  }
  const reading =
    id === 'metrics' && comparison.figures.problem !== undefined
      ? comparison.figures
      : id === 'environment'
        ? packages
        : id === 'data' || id === 'artifacts'
          ? files
          : undefined;
  return (
    <SectionFrame id={id} note={countText(all)} {...(reading ? { reading } : {})}>
      {table}
    </SectionFrame>
  );
}

function SectionRows({
  id,
  comparison,
  columns,
  page,
  onlyDifferences,
  onShowAll,
}: AnySectionProps) {
  const all = comparison.rows[id] ?? [];
  // A section that is the same is opened to see what there is.
  const isFiltered = onlyDifferences && all.some(({ differs }) => differs);
  const shown = pageOfColumns(shownRows(all, isFiltered), page);
  if (all.length === 0) return null;
  return (
    <Matrix
      title={sectionTitles[id]}
      rows={shown}
      runs={columns}
      hidden={isFiltered ? all.length - shown.length : 0}
      onShowAll={onShowAll}
    />
  );
}
