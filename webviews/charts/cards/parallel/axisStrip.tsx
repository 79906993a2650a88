import type { AxisView, changeAxisView } from '../../../../src/core/plot/axisView';
import {
  type Brush,
  type BrushKey,
  describeBrush,
  moveBrush,
} from '../../../../src/core/plot/brush';
import { MenuButton, type MenuItem } from '../../../shared/menuButton';
import { brushAt, brushSpans, type ParallelAxis, titlePx, unitAtY, unitY } from './parallelLayout';

interface AxisStripProps {
  readonly axis: ParallelAxis;
  readonly x: number;
  /** As far as it is to the next axis. */
  readonly widthPx: number;
  readonly heightPx: number;
  /** Of the first and the last axis. */
  readonly end: 'left' | 'right' | undefined;
  readonly brush: Brush | undefined;
  /** As the user chose it. */
  readonly scale: AxisView['scale'];
  /** It is being brushed; what comes of it is given to `onChange`. */
  readonly onDrag: (brush: Brush) => void;
  readonly onChange: (change: Parameters<typeof changeAxisView>[2]) => void;
  /** Moves the axis to the left or right. */
  readonly onMove: (by: -1 | 1) => void;
  /** The axis was dragged to a place. */
  readonly onDrop: (xPx: number) => void;
}

/**
 * The part of an axis that can be brushed: by dragging; by up and down, with Shift the nearer end moves
 * outwards, with Alt the other end follows; Alt with left and right moves the axis, Escape takes the
 * brush away.
 */
export function AxisStrip(props: AxisStripProps) {
  const { axis, x, widthPx, heightPx, end, brush, onDrag, onChange, onMove, onDrop } = props;
  const setBrush = (brush: Brush | undefined) => onChange({ brush });
  const { title, format } = axis.axis;
  const says = brush ? describeBrush(title, brush, format) : `${title}, not brushed`;

  const onPointerDown = (event: PointerEvent) => {
    if (event.button !== 0) return;
    // SAFETY: the handler is on an element.
    const element = event.currentTarget as HTMLElement;
    const { top } = element.getBoundingClientRect();
    element.setPointerCapture(event.pointerId);
    const at = (move: PointerEvent) => unitAtY(move.clientY - top + titlePx, heightPx);
    const start = at(event);
    let dragged: Brush | undefined;
    const onPointerMove = (move: PointerEvent) => {
      if (dragged === undefined && Math.abs(move.clientY - event.clientY) <= 3) return;
      dragged = brushAt(axis, start, at(move));
      onDrag(dragged);
    };
    const onEnd = () => {
      element.removeEventListener('pointermove', onPointerMove);
      element.removeEventListener('pointerup', onEnd);
      element.removeEventListener('pointercancel', onEnd);
      setBrush(dragged);
    };
    element.addEventListener('pointermove', onPointerMove);
    element.addEventListener('pointerup', onEnd);
    element.addEventListener('pointercancel', onEnd);
  };

  const onTitleDown = (event: PointerEvent) => {
    if (event.button !== 0) return;
    // SAFETY: the handler is on an element.
    const element = event.currentTarget as HTMLElement;
    element.setPointerCapture(event.pointerId);
    const onEnd = (end: PointerEvent) => {
      element.removeEventListener('pointerup', onEnd);
      const moved = end.clientX - event.clientX;
      if (Math.abs(moved) > 8) onDrop(x + moved);
    };
    element.addEventListener('pointerup', onEnd);
  };

  const onKeyDown = (event: KeyboardEvent) => {
    const key = brushKey(event, axis.isInverted);
    const by = event.key === 'ArrowLeft' ? -1 : event.key === 'ArrowRight' ? 1 : undefined;
    if (key !== undefined) setBrush(moveBrush(axis.column, brush, key));
    else if (by !== undefined && event.altKey) onMove(by);
    else return;
    event.preventDefault();
  };

  return (
    <>
      <div
        class="axis-head"
        style={{
          // At the ends it would hang over.
          left: end === 'left' ? '0' : 'auto',
          right: end === 'right' ? '0' : 'auto',
          ...(end === undefined ? { left: `${x - widthPx / 2}px`, width: `${widthPx}px` } : {}),
          maxWidth: `${widthPx}px`,
        }}
      >
        <span
          class="axis-title"
          title={`${title}: drag to move the axis`}
          onPointerDown={onTitleDown}
        >
          {title}
          {axis.axis.isLog && <span class="muted"> log</span>}
          {axis.isInverted && <span class="muted"> ↓</span>}
        </span>
        <MenuButton label={`Axis ${title}`} items={menuOf(props)} />
      </div>
      <div
        class="axis-strip"
        style={{
          left: `${x - 14}px`,
          top: `${titlePx}px`,
          height: `${unitY(0, heightPx) - titlePx}px`,
        }}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it is brushed by keys.
        tabIndex={0}
        role="application"
        aria-roledescription="axis"
        aria-label={`${says}${axis.isInverted ? ', from above to below' : ''}. Up and down brush it, with Shift to widen, with Alt to narrow; Escape takes the brush away, Alt with left and right moves the axis.`}
        data-field={axis.field}
        onPointerDown={onPointerDown}
        onKeyDown={onKeyDown}
      >
        {brush &&
          brushSpans(axis, brush).map(({ from, to }) => {
            const high = Math.max(4, unitY(from, heightPx) - unitY(to, heightPx));
            return (
              <div
                key={from}
                class="axis-brush"
                style={{
                  top: `${Math.min(unitY(to, heightPx), unitY(from, heightPx) - 4) - titlePx}px`,
                  height: `${high}px`,
                }}
              />
            );
          })}
      </div>
    </>
  );
}

/** All that can be done with an axis, for those who do not drag. */
function menuOf({ axis, end, brush, scale, onChange, onMove }: AxisStripProps): MenuItem[] {
  const { column, isInverted, canBeLog } = axis;
  const scaleItem = (text: string, choice: AxisView['scale']): MenuItem => ({
    ...{ text, checked: scale === choice },
    disabled: choice === 'log' && !canBeLog,
    onChoose: () => onChange({ scale: choice }),
  });
  return [
    ...(column.kind === 'number'
      ? [
          scaleItem('Automatic Scale', undefined),
          scaleItem('Linear', 'linear'),
          scaleItem('Logarithmic', 'log'),
        ]
      : []),
    {
      ...{ text: 'Inverted', checked: isInverted, startsGroup: column.kind === 'number' },
      onChoose: () => onChange({ isInverted: !isInverted }),
    },
    // The last one colours the lines, and stays.
    ...(end === 'right'
      ? []
      : [
          {
            ...{ text: 'Move Left', disabled: end === 'left', startsGroup: true },
            onChoose: () => onMove(-1),
          },
          { text: 'Move Right', onChoose: () => onMove(1) },
        ]),
    {
      ...{ text: 'Clear Brush', disabled: brush === undefined, startsGroup: true },
      onChoose: () => onChange({ brush: undefined }),
    },
  ];
}

function brushKey(event: KeyboardEvent, isInverted: boolean): BrushKey | undefined {
  const { key, shiftKey, altKey } = event;
  if (key === 'Escape' || key === 'Delete') return 'clear';
  if (key !== 'ArrowUp' && key !== 'ArrowDown') return undefined;
  // To higher values.
  const isUp = (key === 'ArrowUp') !== isInverted;
  if (altKey) return isUp ? 'shrinkUp' : 'shrinkDown';
  if (shiftKey) return isUp ? 'growUp' : 'growDown';
  return isUp ? 'up' : 'down';
}
