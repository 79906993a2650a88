// biome-ignore-all lint/a11y/useSemanticElements: a list on the page cannot leave out what is off screen.
import { formatBytes } from '../../src/core/format/formatBytes';
import { checkpointKindWords } from '../../src/core/present/describeCheckpoint';
import { timeOfDay } from '../../src/core/present/describeDay';
import type { TimelineLine } from '../../src/protocol/timelinePage';
import { Icon } from '../shared/icon';

interface LineProps {
  readonly line: TimelineLine;
  readonly index: number;
  readonly isFocused: boolean;
  readonly isSelected: boolean;
  readonly showNotebook: boolean;
  readonly onClick: (event: MouseEvent) => void;
  readonly onOpen: () => void;
}

export const lineElementId = (index: number) => `line-${index}`;

/** A day, a checkpoint, or small saves one after the other. */
export function Line(props: LineProps) {
  const { line, index, isFocused, isSelected, onClick, onOpen } = props;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the list has the keyboard.
    // biome-ignore lint/a11y/useFocusableInteractive: the list has the focus.
    <div
      id={lineElementId(index)}
      class={`line line-${line.kind} ${isFocused ? 'focused' : ''}`}
      role="option"
      aria-selected={isSelected}
      onClick={onClick}
      onDblClick={onOpen}
    >
      <Content {...props} />
    </div>
  );
}

function Content({ line, showNotebook }: LineProps) {
  if (line.kind === 'day') {
    return (
      <span class="day">
        {line.label} <span class="muted">{line.count}</span>
      </span>
    );
  }
  if (line.kind === 'burst') {
    return (
      <span class="first">
        <span class="time">{timeOfDay(line.toMs)}</span>
        {line.isOpen ? '▾' : '▸'} {line.count} small saves since {timeOfDay(line.fromMs)}
        {showNotebook && <span class="muted"> · {line.notebook}</span>}
      </span>
    );
  }
  return (
    <>
      <span class={`first ${line.inBurst ? 'in-burst' : ''}`}>
        <span class="time">{timeOfDay(line.takenAtMs)}</span>
        {line.starred && <Icon name="starred" class="star" />}
        {line.starred && <span class="visually-hidden">Starred. </span>}
        <strong>{checkpointKindWords[line.what]}</strong>
        {line.origin !== undefined && <span class="muted"> {line.origin}</span>}
        {showNotebook && <span class="muted"> · {line.notebook}</span>}
        {line.results.map((result, at) => (
          <span key={at} class="result">
            {result}
          </span>
        ))}
      </span>
      <span title={line.lost} class={`second muted ${line.inBurst ? 'in-burst' : ''}`}>
        {line.description} · {formatBytes(line.sizeBytes)}
        {line.note !== undefined && ` · “${line.note}”`}
      </span>
    </>
  );
}
