import type { Ref } from 'preact';
import { describeMetricComparison } from '../../src/core/present/compareMetrics';
import type { NotebookDiffData } from '../../src/protocol/notebookDiffPage';
import { Icon } from '../shared/icon';

interface HeaderProps {
  readonly data: NotebookDiffData;
  readonly summary: string;
  readonly notes: readonly string[];
}

/** The notebook and, in one line, what changed and what that did to its figures. */
export function DiffHeader({ data, summary, notes }: HeaderProps) {
  return (
    <header class="titles">
      <h1>{data.notebook}</h1>
      <p class="summary">
        <span role="status">{summary}</span>
        {data.metrics.map((metric) => (
          <span key={metric.key} class={`metric metric-${metric.verdict ?? 'same'}`}>
            {metric.verdict !== undefined && (
              <Icon name={metric.verdict === 'better' ? 'finished' : 'interrupted'} />
            )}
            {describeMetricComparison(metric)}
          </span>
        ))}
      </p>
      {notes.map((note) => (
        <p key={note} class="muted">
          <Icon name="interrupted" /> {note}
        </p>
      ))}
    </header>
  );
}

interface SidesProps {
  readonly data: NotebookDiffData;
  readonly element: Ref<HTMLDivElement>;
  readonly onPick: (side: 'old' | 'new') => void;
  readonly onSwap: () => void;
}

/** What each side is; a click chooses another. */
export function SideTitles({ data, element, onPick, onSwap }: SidesProps) {
  const side = (name: 'old' | 'new', title: string) => (
    <h2>
      <button
        type="button"
        class="side-button"
        title={`Choose the ${name} side…`}
        onClick={() => onPick(name)}
      >
        <span class="side-sign" aria-hidden="true">
          {name === 'old' ? '−' : '+'}
        </span>
        <span class="visually-hidden">{name === 'old' ? 'Old: ' : 'New: '}</span>
        {title} <span aria-hidden="true">▾</span>
      </button>
    </h2>
  );
  return (
    <div class="sides" ref={element}>
      {side('old', data.oldTitle)}
      <button type="button" class="plain-button swap" title="Swap sides (S)" onClick={onSwap}>
        <span aria-hidden="true">⇄</span>
        <span class="visually-hidden">Swap sides</span>
      </button>
      {side('new', data.newTitle)}
    </div>
  );
}
