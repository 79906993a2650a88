import { useMemo } from 'preact/hooks';
import type { NotebookTrust, TrustHost, TrustState } from '../../src/protocol/trustPage';
import { Button, Checkbox, ProgressRing } from '../shared/controls';
import { Icon } from '../shared/icon';
import type { PageProps } from '../shared/mountPage';
import { ProblemBar } from '../shared/problemBar';
import { answerOf, type TrustReason, type TrustRow } from './state';

export function Trust(props: PageProps<TrustHost, TrustState, NotebookTrust>) {
  const { host, state, setState, data, problem, attempt, dismissProblem } = props;
  const answer = useMemo(() => data && answerOf(data), [data]);
  const shown = answer?.rows.filter(({ isFault }) => isFault || state.showsAll) ?? [];
  const reveal = (cellIndex: number) => attempt(host.revealCell(cellIndex));
  return (
    <div class="page">
      <ProblemBar problem={problem} onDismiss={dismissProblem} />
      {data === undefined ? (
        <div class="loading">
          {problem === undefined && <ProgressRing label="Judging the results" />}
        </div>
      ) : answer === undefined ? (
        <main class="empty">
          <h1>{data.name} is not open</h1>
          <p>What ran is known of notebooks that are open. Open it to see its results judged.</p>
          <Button onClick={() => attempt(host.openNotebook())}>Open the Notebook</Button>
        </main>
      ) : answer.rows.length === 0 ? (
        <main class="empty">
          <h1>No Python cells</h1>
          <p>{data.name} has no Python cell whose result could be judged.</p>
        </main>
      ) : (
        <>
          <div class="toolbar" role="toolbar" aria-label="Reproducibility">
            <Button onClick={() => attempt(host.runAll())}>
              {data.canRestart ? 'Restart and Run All' : 'Run All'}
            </Button>
            <Checkbox checked={state.showsAll} onChange={(showsAll) => setState({ showsAll })}>
              Show fresh cells
            </Checkbox>
            <span class="spacer" />
            <span class="muted" role="status">
              {answer.faultCount} of {answer.rows.length} cells need a look
            </span>
          </div>
          <main class="scroll">
            <section class={`answer answer-${answer.kind}`} aria-labelledby="question">
              <h1 id="question">Can {data.name} be reproduced from top to bottom?</h1>
              <p class="word">
                <Icon name={answerIcons[answer.kind]} /> {answer.word}
              </p>
              <p>{answer.sentence}</p>
            </section>
            {shown.length === 0 ? (
              <p class="muted">No cell is at fault.</p>
            ) : (
              <ol class="cells" aria-label="Cells">
                {shown.map((row) => (
                  <Cell key={row.cellIndex} row={row} onReveal={reveal} />
                ))}
              </ol>
            )}
          </main>
        </>
      )}
    </div>
  );
}

const answerIcons = { yes: 'finished', no: 'failed', unknown: 'interrupted' } as const;

interface CellProps {
  readonly row: TrustRow;
  readonly onReveal: (cellIndex: number) => void;
}

function Cell({ row, onReveal }: CellProps) {
  return (
    <li class={`cell verdict-${row.verdict}`}>
      <div class="cell-head">
        <span class="verdict-word" title={row.meaning}>
          <Icon name={row.icon} /> {row.word}
        </span>
        <button
          type="button"
          class="plain-button cell-link"
          title="Go to this cell"
          onClick={() => onReveal(row.cellIndex)}
        >
          {row.title}
        </button>
        <code class="cell-code">{row.code}</code>
      </div>
      {(row.reasons.length > 0 || row.fresh !== undefined) && (
        <ul class="reasons">
          {row.reasons.map((reason) => (
            <Reason key={reason.text} reason={reason} onReveal={onReveal} />
          ))}
          {row.fresh !== undefined && (
            <li>
              On a fresh kernel: <code>{row.fresh}</code>
            </li>
          )}
        </ul>
      )}
    </li>
  );
}

interface ReasonProps {
  readonly reason: TrustReason;
  readonly onReveal: (cellIndex: number) => void;
}

function Reason({ reason: { text, cellIndex }, onReveal }: ReasonProps) {
  return (
    <li>
      {text}
      {cellIndex !== undefined && (
        <>
          {' '}
          <button type="button" class="plain-button cell-link" onClick={() => onReveal(cellIndex)}>
            Go to cell {cellIndex + 1}
          </button>
        </>
      )}
    </li>
  );
}
