import { useMemo } from 'preact/hooks';
import type { SourceHunk } from '../../src/core/notebook/diffNotebooks';
import type { Run } from '../../src/core/run/run';
import { runName } from '../../src/core/run/runName';
import type {
  ComparedCode,
  CompareHost,
  CompareState,
  Comparison,
} from '../../src/protocol/comparePage';
import { Button, Checkbox, ProgressRing } from '../shared/controls';
import { Icon } from '../shared/icon';
import type { PageProps } from '../shared/mountPage';
import { ProblemBar } from '../shared/problemBar';
import { SourceDiff } from '../shared/sourceDiff';
import { hunkRows } from '../shared/sourceRows';
import { StatusLabel } from '../shared/statusLabel';
import {
  type ComparedCell,
  type ComparedRow,
  compareRuns,
  shownSections,
  summarize,
} from './state';

export function Compare(props: PageProps<CompareHost, CompareState, Comparison>) {
  const { host, state, setState, data, problem, attempt, dismissProblem } = props;
  const runs = data?.runs ?? [];
  const all = useMemo(() => compareRuns(data?.runs ?? [], data?.packages), [data]);
  const sections = shownSections(all, state.onlyDifferences);
  return (
    <div class="page">
      <ProblemBar problem={problem} onDismiss={dismissProblem} />
      {data === undefined ? (
        <div class="loading">
          {problem === undefined && <ProgressRing label="Reading the comparison" />}
        </div>
      ) : runs.length < 2 ? (
        <main class="empty">
          <h1>Nothing to compare</h1>
          <p>
            Fewer than two of these runs are still there. Select two or more runs in the Runs view
            or in the run table and choose Compare.
          </p>
        </main>
      ) : (
        <>
          <div class="toolbar" role="toolbar" aria-label="Comparison">
            <Button onClick={() => attempt(host.showCharts(runs.map((run) => run.id)))}>
              Show Charts
            </Button>
            <Checkbox
              checked={state.onlyDifferences}
              onChange={(onlyDifferences) => setState({ onlyDifferences })}
            >
              Only differences
            </Checkbox>
            <span class="spacer" />
            <span class="muted" role="status">
              {summarize(all)}
            </span>
          </div>
          <main class="scroll">
            <table class="compared">
              <thead>
                <tr>
                  <th scope="col" class="label">
                    <span class="visually-hidden">Name</span>
                  </th>
                  {runs.map((run, index) => (
                    <th key={run.id} scope="col">
                      <RunHead
                        run={run}
                        index={index}
                        onOpenLog={() => attempt(host.openLog(run.id))}
                      />
                    </th>
                  ))}
                </tr>
              </thead>
              {sections.map(({ title, rows }) => (
                <tbody key={title}>
                  <tr class="section">
                    <th scope="rowgroup" colSpan={runs.length + 1}>
                      {title}
                    </th>
                  </tr>
                  {rows.map((row) => (
                    <Row key={row.label} row={row} runs={runs} />
                  ))}
                </tbody>
              ))}
            </table>
            {sections.length === 0 && <p class="muted">These runs do not differ.</p>}
            <Code code={data.code} runs={runs} />
          </main>
        </>
      )}
    </div>
  );
}

/** The runs are called A, B, C … where a name would be too long. */
const letter = (index: number) => (index < 26 ? String.fromCharCode(65 + index) : `#${index + 1}`);

interface RunHeadProps {
  readonly run: Run;
  readonly index: number;
  readonly onOpenLog: () => void;
}

function RunHead({ run, index, onOpenLog }: RunHeadProps) {
  return (
    <div class="run-head">
      <span class="letter">{letter(index)}</span>
      <div class="run-text">
        <span class="run-name" title={runName(run)}>
          {runName(run)}
        </span>
        <span class="run-status">
          <StatusLabel status={run.status} />
          {index === 0 && <span class="muted">reference</span>}
        </span>
      </div>
      <Button
        look="icon"
        label={`Open the log of ${runName(run)}`}
        title="Open Log"
        onClick={onOpenLog}
      >
        <Icon name="log" />
      </Button>
    </div>
  );
}

function Row({ row, runs }: { readonly row: ComparedRow; readonly runs: readonly Run[] }) {
  return (
    <tr class={row.differs ? 'differs' : ''}>
      <th scope="row" class="label">
        {row.label}
        {row.differs && (
          <span class="unequal" title="These runs differ here">
            ≠<span class="visually-hidden"> differs</span>
          </span>
        )}
      </th>
      {row.cells.map((cell, index) => (
        <td key={runs[index]?.id} class={cell.differs ? 'other' : ''}>
          <CellContent cell={cell} />
        </td>
      ))}
    </tr>
  );
}

function CellContent({ cell }: { readonly cell: ComparedCell }) {
  const { text, detail, delta } = cell;
  return (
    <>
      <span class="value">{text === '' ? <span class="muted">none</span> : text}</span>
      {delta !== undefined && (
        <span class={`delta ${delta.verdict ?? ''}`}>
          {delta.text}
          {delta.verdict === undefined ? '' : ` ${delta.verdict}`}
          {delta.verdict === undefined ? undefined : (
            <span class="verdict" aria-hidden="true">
              {delta.verdict === 'better' ? ' ✓' : ' ✗'}
            </span>
          )}
        </span>
      )}
      {detail !== undefined && <span class="detail muted">{detail}</span>}
    </>
  );
}

function Code({
  code,
  runs,
}: {
  readonly code: readonly ComparedCode[];
  readonly runs: readonly Run[];
}) {
  return (
    <section class="code" aria-labelledby="code-title">
      <h2 id="code-title">
        Code: {letter(0)} against {letter(runs.length - 1)}
      </h2>
      {code.length === 0 && <p class="muted">No code was recorded for these runs.</p>}
      {code.map(({ title, hunks, problem }) => (
        <section key={title} class="code-part" aria-label={title}>
          <h3 class="mono">{title}</h3>
          {problem !== undefined ? (
            <p class="code-problem">
              <Icon name="interrupted" /> {problem}
            </p>
          ) : hunks.length === 0 ? (
            <p class="muted">No difference.</p>
          ) : (
            <Hunks hunks={hunks} title={title} />
          )}
        </section>
      ))}
    </section>
  );
}

interface HunksProps {
  readonly hunks: readonly SourceHunk[];
  readonly title: string;
}

function Hunks({ hunks, title }: HunksProps) {
  const rows = useMemo(() => hunkRows(hunks), [hunks]);
  return <SourceDiff rows={rows} label={`Changes of ${title}`} />;
}
