import { runLetter } from '../../src/core/compare/summarizeChanges';
import type { Run, RunId } from '../../src/core/run/run';
import { runName } from '../../src/core/run/runName';
import { Icon } from '../shared/icon';
import { StatusLabel } from '../shared/statusLabel';

interface RunHeadsProps {
  /** With the place of each among all runs. */
  readonly runs: readonly { readonly run: Run; readonly index: number }[];
  readonly againstId: RunId | undefined;
  readonly canChoose: boolean;
  readonly onBase: (runId: RunId) => void;
  readonly onAgainst: (runId: RunId) => void;
  readonly onOpen: (runId: RunId) => void;
}

/** The runs over their columns; each can be made the one that the others are held against. */
export function RunHeads({ runs, ...props }: RunHeadsProps) {
  return (
    <ol class="heads" aria-label="Compared runs">
      {runs.map(({ run, index }) => (
        <RunHead key={run.id} run={run} index={index} {...props} />
      ))}
    </ol>
  );
}

interface RunHeadProps extends Omit<RunHeadsProps, 'runs'> {
  readonly run: Run;
  readonly index: number;
}

function RunHead({ run, index, againstId, canChoose, onBase, onAgainst, onOpen }: RunHeadProps) {
  const isBase = index === 0;
  const name = runName(run);
  const letter = runLetter(index);
  return (
    <li class="head">
      <span class="letter">{letter}</span>
      <div class="head-text">
        <button
          type="button"
          class="plain-button run-name"
          title={`Open ${name}`}
          onClick={() => onOpen(run.id)}
        >
          {name}
        </button>
        <span class="head-facts">
          <StatusLabel status={run.status} />
          {isBase ? (
            <span class="muted">base</span>
          ) : (
            <button
              type="button"
              class="plain-button link"
              aria-label={`Make ${letter} ${name} the base`}
              title="Hold the others against this run"
              onClick={() => onBase(run.id)}
            >
              Make base
            </button>
          )}
          {canChoose && !isBase && (
            <button
              type="button"
              class="plain-button link"
              aria-pressed={run.id === againstId}
              aria-label={`Code and log of ${letter} ${name}`}
              title="Show the code and the log of this run against the base"
              onClick={() => onAgainst(run.id)}
            >
              <Icon name={run.id === againstId ? 'finished' : 'right'} /> Code
            </button>
          )}
        </span>
      </div>
    </li>
  );
}
