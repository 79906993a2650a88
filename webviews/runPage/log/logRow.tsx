// biome-ignore-all lint/a11y/useSemanticElements: a <table> cannot leave out the lines that are off screen.
// biome-ignore-all lint/a11y/useFocusableInteractive: the keyboard stays on the list, which says what is active.
import { memo } from 'preact/compat';
import { formatNumber } from '../../../src/core/format/formatNumber';
import type { LinePoint, StyledLine } from '../../../src/core/log/styledLine';
import { Icon } from '../../shared/icon';
import { linePartsOf } from './lineParts';
import type { SpanStyle } from './terminalColors';

interface LogRowProps {
  readonly line: StyledLine;
  readonly isFocused: boolean;
  readonly isSelected: boolean;
  readonly colorsOf: (
    style: NonNullable<ReturnType<typeof linePartsOf>[number]['style']>,
  ) => SpanStyle;
}

export const rowId = (line: number): string => `log-line-${line}`;

/** One line with its number, its colours, and a sign if it gave values of metrics. */
export const LogRow = memo(({ line, isFocused, isSelected, colorsOf }: LogRowProps) => {
  const { text, leftOutChars, points } = line;
  const given = points.map(describePoint).join('; ');
  return (
    <div
      role="row"
      id={rowId(line.line)}
      class={`log-row ${isFocused ? 'focused' : ''} ${isSelected ? 'selected' : ''}`}
      aria-rowindex={line.line + 1}
      aria-selected={isSelected}
      data-line={line.line}
    >
      <span role="rowheader" class="log-number">
        {(line.line + 1).toLocaleString('en')}
      </span>
      <span role="gridcell" class="log-point">
        {points.length > 0 && (
          <span
            class="point-sign"
            role="img"
            aria-label={`Gave ${given}`}
            title={`Gave ${given}. Click to see its course.`}
            data-point={points[0]?.key}
          >
            <Icon name="chart" />
          </span>
        )}
      </span>
      <span role="gridcell" class="log-text">
        {linePartsOf(line).map(({ text: piece, style, isFound }, index) =>
          style === undefined && !isFound ? (
            piece
          ) : (
            <span
              key={index}
              class={isFound ? 'log-found' : undefined}
              style={style && !isFound ? colorsOf(style) : undefined}
            >
              {piece}
            </span>
          ),
        )}
        {text === '' && '\u200b'}
        {leftOutChars > 0 && (
          <span class="muted"> … {leftOutChars.toLocaleString('en')} more characters</span>
        )}
      </span>
    </div>
  );
});

function describePoint({ key, value, step }: LinePoint): string {
  return `${key} ${formatNumber(value)}${step === undefined ? '' : ` at step ${formatNumber(step)}`}`;
}
