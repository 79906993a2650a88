import {
  type Brush,
  type BrushKey,
  describeBrush,
  moveBrush,
} from '../../../../src/core/plot/brush';
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
  readonly onBrush: (brush: Brush | undefined) => void;
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
  const { axis, x, widthPx, heightPx, end, brush, onBrush, onMove, onDrop } = props;
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
    let isDrag = false;
    const onPointerMove = (move: PointerEvent) => {
      isDrag ||= Math.abs(move.clientY - event.clientY) > 3;
      if (isDrag) onBrush(brushAt(axis, start, at(move)));
    };
    const onEnd = () => {
      element.removeEventListener('pointermove', onPointerMove);
      element.removeEventListener('pointerup', onEnd);
      element.removeEventListener('pointercancel', onEnd);
      if (!isDrag) onBrush(undefined);
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
    const key = brushKey(event);
    const by = event.key === 'ArrowLeft' ? -1 : event.key === 'ArrowRight' ? 1 : undefined;
    if (key !== undefined) onBrush(moveBrush(axis.column, brush, key));
    else if (by !== undefined && event.altKey) onMove(by);
    else return;
    event.preventDefault();
  };

  return (
    <>
      <div
        class="axis-title"
        title={`${title}: drag to move the axis`}
        style={{
          // At the ends it would hang over.
          ...(end === 'left'
            ? { left: '0' }
            : end === 'right'
              ? { right: '0' }
              : { left: `${x}px` }),
          maxWidth: `${widthPx}px`,
          transform: end === undefined ? 'translateX(-50%)' : 'none',
        }}
        onPointerDown={onTitleDown}
      >
        {title}
        {axis.axis.isLog && <span class="muted"> log</span>}
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
        aria-label={`${says}. Up and down brush it, with Shift to widen, with Alt to narrow; Escape takes the brush away, Alt with left and right moves the axis.`}
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

function brushKey(event: KeyboardEvent): BrushKey | undefined {
  const { key, shiftKey, altKey } = event;
  if (key === 'Escape' || key === 'Delete') return 'clear';
  const isUp = key === 'ArrowUp';
  if (!isUp && key !== 'ArrowDown') return undefined;
  if (altKey) return isUp ? 'shrinkUp' : 'shrinkDown';
  if (shiftKey) return isUp ? 'growUp' : 'growDown';
  return isUp ? 'up' : 'down';
}
