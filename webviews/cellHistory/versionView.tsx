import { useEffect, useState } from 'preact/hooks';
import type { CutOutput } from '../../src/core/notebook/view/shownMedium';
import { checkpointKindWords } from '../../src/core/present/describeCheckpoint';
import type { Remote } from '../../src/core/rpc';
import type {
  CellHistoryHost,
  VersionDetail,
  VersionResult,
  VersionRun,
} from '../../src/protocol/cellHistoryPage';
import { Button } from '../shared/controls';
import { Icon, type IconName } from '../shared/icon';
import { StatusLabel } from '../shared/statusLabel';
import { NotShown, Outputs } from './outputs';
import { SourceChange, SourceText } from './sourceText';
import { executionText, metricText, momentText, trendOf } from './state';

interface VersionViewProps {
  readonly host: Remote<CellHistoryHost>;
  readonly language: string;
  readonly detail: VersionDetail;
  /** What it is held against, and what that is called. */
  readonly other: VersionDetail | undefined;
  readonly nowMs: number;
  readonly attempt: (action: Promise<void>) => void;
}

/** One version: its source, or how it differs from another, what it gave, and what is said of it. */
export function VersionView({ host, language, detail, other, nowMs, attempt }: VersionViewProps) {
  return (
    <>
      <section aria-label="Source">
        <h2>{other === undefined ? 'Source' : 'Source, beside the other version'}</h2>
        {other === undefined ? (
          <SourceText key={detail.key} detail={detail} language={language} />
        ) : (
          <SourceChange old={other} now={detail} language={language} />
        )}
        {[detail, ...(other ? [other] : [])].map(
          ({ key, sourceCut }) =>
            sourceCut && <NotShown key={key} chars={sourceCut.allChars - sourceCut.shownChars} />,
        )}
      </section>
      <Facts detail={detail} nowMs={nowMs} />
      <Results key={detail.key} host={host} detail={detail} nowMs={nowMs} />
      {detail.runs.length > 0 && (
        <section aria-label="Runs">
          <h2>{detail.runs.length === 1 ? 'Run' : 'Runs'}</h2>
          {detail.runs.slice(0, maxRuns).map((run) => (
            <RunView
              key={run.id}
              run={run}
              nowMs={nowMs}
              onShow={() => attempt(host.showRun(run.id))}
            />
          ))}
          {detail.runs.length > maxRuns && (
            <p class="muted">and {detail.runs.length - maxRuns} earlier runs</p>
          )}
        </section>
      )}
      <CheckpointView host={host} detail={detail} nowMs={nowMs} attempt={attempt} />
    </>
  );
}

const maxRuns = 10;
function Facts({ detail, nowMs }: { readonly detail: VersionDetail; readonly nowMs: number }) {
  const ran = executionText(detail);
  const { spans } = detail;
  return (
    <ul class="facts">
      {spans.length > 1 && (
        <li>
          <Icon name="move" /> The cell came back to this source: it had it {spans.length} times,
          first {momentText(spans[0]?.firstAtMs ?? 0, nowMs)}
        </li>
      )}
      {spans.length === 0 && (
        <li>
          <Icon name="interrupted" /> This source ran, but no checkpoint has it.
        </li>
      )}
      {ran !== undefined && (
        <li>
          <Icon name={lastEnd(detail)} /> {ran}
        </li>
      )}
    </ul>
  );
}

function lastEnd({ executions: [last] }: VersionDetail): IconName {
  if (last?.succeeded === undefined) return 'interrupted';
  return last.succeeded ? 'finished' : 'failed';
}

interface ResultsProps {
  readonly host: Remote<CellHistoryHost>;
  readonly detail: VersionDetail;
  readonly nowMs: number;
}

function Results({ host, detail, nowMs }: ResultsProps) {
  const { results } = detail;
  const [at, setAt] = useState(0);
  const result = results[Math.min(at, results.length - 1)];
  if (result === undefined) {
    return detail.kind === 'code' ? (
      <section aria-label="Outputs">
        <h2>Outputs</h2>
        <p class="muted">No checkpoint has outputs of this version.</p>
      </section>
    ) : undefined;
  }
  return (
    <section aria-label="Outputs">
      <h2>Outputs</h2>
      <p class="result-head">
        {results.length > 1 && (
          <>
            <Button
              look="icon"
              label="Earlier outputs"
              disabled={at >= results.length - 1}
              onClick={() => setAt(at + 1)}
            >
              <Icon name="back" />
            </Button>
            <span role="status">
              {results.length - at} of {results.length}
            </span>
            <Button
              look="icon"
              label="Later outputs"
              disabled={at === 0}
              onClick={() => setAt(at - 1)}
            >
              <Icon name="forward" />
            </Button>
          </>
        )}
        <span class="muted">{momentText(result.firstAtMs, nowMs)}</span>
      </p>
      <ResultOutputs
        key={`${result.checkpointId} ${result.cellIndex}`}
        host={host}
        result={result}
      />
    </section>
  );
}

function ResultOutputs({
  host,
  result,
}: Pick<ResultsProps, 'host'> & { readonly result: VersionResult }) {
  const [outputs, setOutputs] = useState<readonly CutOutput[]>();
  const [problem, setProblem] = useState<string>();
  const { checkpointId, cellIndex } = result;
  useEffect(() => {
    let isOld = false;
    host.readOutputs({ checkpointId, cellIndex }).then(
      (read) => !isOld && setOutputs(read),
      (error: Error) => !isOld && setProblem(error.message),
    );
    return () => {
      isOld = true;
    };
  }, [host, checkpointId, cellIndex]);
  if (problem !== undefined) return <p class="muted">The outputs cannot be read: {problem}</p>;
  return outputs === undefined ? <p class="muted">Reading…</p> : <Outputs outputs={outputs} />;
}

interface RunViewProps {
  readonly run: VersionRun;
  readonly nowMs: number;
  readonly onShow: () => void;
}

function RunView({ run, nowMs, onShow }: RunViewProps) {
  return (
    <div class="run">
      <div class="run-head">
        <StatusLabel status={run.status} />
        <button type="button" class="plain-button link" onClick={onShow}>
          {run.name}
        </button>
        <span class="muted">{momentText(run.startedAtMs, nowMs)}</span>
      </div>
      <ul class="metrics">
        {run.metrics.slice(0, maxMetrics).map((metric) => (
          <li key={metric.key} class={`metric ${trendOf(metric) ?? ''}`}>
            {metricText(metric)}
          </li>
        ))}
        {run.metrics.length > maxMetrics && (
          <li class="muted">and {run.metrics.length - maxMetrics} more</li>
        )}
      </ul>
    </div>
  );
}

const maxMetrics = 12;

function CheckpointView({
  host,
  detail: { checkpoint },
  nowMs,
  attempt,
}: Omit<VersionViewProps, 'other' | 'language'>) {
  if (checkpoint === undefined) return undefined;
  const { id, kind, takenAtMs, origin, starred, tags, note } = checkpoint;
  return (
    <section aria-label="Checkpoint">
      <h2>Last checkpoint that has it</h2>
      <p>
        {checkpointKindWords[kind]} {momentText(takenAtMs, nowMs)}
        {origin !== undefined && <span class="muted"> · {origin}</span>}
      </p>
      {tags.length > 0 && <p class="muted">{tags.map((tag) => `#${tag}`).join(' ')}</p>}
      {note !== undefined && <p class="note">{note}</p>}
      <p class="actions">
        <Button onClick={() => attempt(host.openNotebookDiff(id))}>Diff Notebook with Now</Button>
        <Button onClick={() => attempt(host.openNotebook(id))}>Open Notebook as It Was</Button>
        <Button
          look="icon"
          label={starred ? 'Remove star' : 'Star'}
          pressed={starred}
          onClick={() => attempt(host.toggleStar(id))}
        >
          <Icon name={starred ? 'starred' : 'star'} />
        </Button>
        <Button onClick={() => attempt(host.editTags(id))}>Tag…</Button>
        <Button onClick={() => attempt(host.editNote(id))}>Note…</Button>
      </p>
    </section>
  );
}
