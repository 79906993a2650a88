// biome-ignore-all lint/a11y/useSemanticElements: the keyboard stays on the list, which says what is active.
// biome-ignore-all lint/a11y/useFocusableInteractive: as above.
import { memo } from 'preact/compat';
import type { LogLine } from '../../src/core/log/logLine';
import type { TeachState } from '../../src/protocol/teachPage';
import { type Segment, segmentsOf } from './state';

interface LineRowProps {
  readonly line: LogLine;
  /** Its place in the list. */
  readonly index: number;
  readonly picked: Pick<TeachState, 'line' | 'picks'>;
  readonly isFocused: boolean;
  /** Where the number stands that the keyboard is on. */
  readonly number: number | undefined;
}

export const lineElementId = (line: number): string => `line-${line}`;
export const numberElementId = (line: number, start: number): string => `number-${line}-${start}`;

/** One line, its numbers as buttons. */
export const LineRow = memo(({ line, index, picked, isFocused, number }: LineRowProps) => (
  <div
    role="row"
    id={lineElementId(line.line)}
    class={`line ${isFocused ? 'focused' : ''} ${line.marks.length > 0 ? 'matched' : ''}`}
    aria-rowindex={index + 1}
    data-index={index}
  >
    <span role="rowheader" class="line-number">
      {(line.line + 1).toLocaleString('en')}
    </span>
    <span role="gridcell" class="line-text">
      {segmentsOf(line, picked).map((segment) => (
        <Part
          key={segment.start}
          line={line.line}
          segment={segment}
          isFocused={segment.start === number}
        />
      ))}
      {line.isCut && <span class="muted"> …</span>}
    </span>
  </div>
));

interface PartProps {
  readonly line: number;
  readonly segment: Segment;
  readonly isFocused: boolean;
}

function Part({ line, segment, isFocused }: PartProps) {
  const { text, start, isNumber, mark, pick } = segment;
  const kind = `${mark === undefined ? '' : `mark mark-${mark.role}`} ${pick === undefined ? '' : 'picked'}`;
  const meaning = describe(segment);
  if (!isNumber)
    return mark === undefined ? (
      text
    ) : (
      <span class={kind} title={meaning}>
        {text}
      </span>
    );
  return (
    <span
      role="button"
      id={numberElementId(line, start)}
      class={`number ${kind} ${isFocused ? 'focused' : ''}`}
      title={meaning}
      aria-label={meaning === undefined ? text : `${text}, ${meaning}`}
      data-start={start}
    >
      {text}
    </span>
  );
}

function describe({ mark, pick }: Segment): string | undefined {
  const chosen =
    pick === undefined ? '' : `chosen as ${pick === 'value' ? 'the metric' : `the ${pick}`}`;
  const found =
    mark === undefined ? '' : mark.role === 'value' ? `matches ${mark.key ?? ''}` : mark.role;
  return [chosen, found].filter(Boolean).join(', ') || undefined;
}
