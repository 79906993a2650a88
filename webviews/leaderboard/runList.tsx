import type { ComponentChildren } from 'preact';
import type { RunId } from '../../src/core/run/run';
import { count } from './state';

interface RunListProps<TRun> {
  readonly label: string;
  readonly runs: readonly TRun[];
  /** How many there are; only some are listed. */
  readonly runCount: number;
  readonly onOpen: (runId: RunId) => void;
  /** What is said of each behind its name. */
  readonly children: (run: TRun) => ComponentChildren;
}

/** Runs by their names, each of which opens its page. */
export function RunList<TRun extends { readonly id: RunId; readonly name: string }>(
  props: RunListProps<TRun>,
) {
  const { label, runs, runCount, onOpen, children } = props;
  const more = runCount - runs.length;
  return (
    <ul class="runs" aria-label={label}>
      {runs.map((run) => (
        <li key={run.id}>
          <button
            type="button"
            class="plain-button link"
            title="Open this run"
            onClick={() => onOpen(run.id)}
          >
            {run.name}
          </button>
          {children(run)}
        </li>
      ))}
      {more > 0 && <li class="muted">and {count(more, 'run')} more</li>}
    </ul>
  );
}
