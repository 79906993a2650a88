import { useCallback, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { Theme } from '../../shared/theme';
import './plot.css';
import type { Area, Place, Scene } from './scene';
import { useCanvas } from './useCanvas';

interface PlotViewProps {
  /** What it is a chart of, and of how much, for those who cannot see it. */
  readonly label: string;
  readonly scene: Scene;
  readonly theme: Theme;
  readonly heightPx: number;
  /** What Enter and a click do with a mark, in the words of a hint. */
  readonly openHint?: string;
  readonly onOpen?: (mark: number) => void;
  /** Marks were chosen with a box, or one of them with Space. */
  readonly onSelect?: (marks: readonly number[], how: 'instead' | 'toggle') => void;
  readonly selected?: ReadonlySet<number>;
  /** The mark that is pointed at. */
  readonly onPoint?: (mark: number | undefined) => void;
}

/**
 * A chart that is read out under the pointer or by the arrow keys. A click or Enter opens a mark, a box
 * that is dragged chooses those in it, Space takes one in or out, Escape lets go.
 */
export function PlotView(props: PlotViewProps) {
  const { label, scene, theme, heightPx, onOpen, onSelect, selected, onPoint } = props;
  const canvas = useRef<HTMLCanvasElement>(null);
  const [current, setCurrent] = useState<number>();
  const [byKey, setByKey] = useState(false);
  const [box, setBox] = useState<Area>();
  const draw = useCallback(
    (pen: CanvasRenderingContext2D, size: { widthPx: number; heightPx: number }) =>
      scene.draw(pen, size.widthPx, size.heightPx, theme),
    [scene, theme],
  );
  const size = useCanvas(canvas, draw);
  const { widthPx } = size;
  const placeOf = (mark: number) => scene.placeOf(mark, widthPx, size.heightPx);
  // A live chart comes anew with each change: what is being read out stays, wherever it lies then.
  const told = useRef<readonly string[]>([]);
  useLayoutEffect(() => {
    if (current === undefined) return;
    const mark = findMark(scene, current, told.current);
    told.current = mark === undefined ? [] : scene.describe(mark);
    setCurrent(mark);
  }, [scene]);

  const point = (mark: number | undefined, isKey = false) => {
    setByKey(isKey);
    if (mark === current) return;
    told.current = mark === undefined ? [] : scene.describe(mark);
    setCurrent(mark);
    onPoint?.(mark);
  };
  const at = (event: MouseEvent): Place => {
    const { left = 0, top = 0 } = canvas.current?.getBoundingClientRect() ?? {};
    return { x: event.clientX - left, y: event.clientY - top };
  };
  const marksIn = ({ left, top, right, bottom }: Area) =>
    scene.order.filter((mark) => {
      const place = placeOf(mark);
      return place && place.x >= left && place.x <= right && place.y >= top && place.y <= bottom;
    });

  const onPointerDown = (event: PointerEvent) => {
    if (event.button !== 0) return;
    const start = at(event);
    // SAFETY: the handler is on an element.
    const element = event.currentTarget as HTMLElement;
    element.setPointerCapture(event.pointerId);
    let area: Area | undefined;
    const onMove = (move: PointerEvent) => {
      const now = at(move);
      const isDrag = Math.hypot(now.x - start.x, now.y - start.y) > 5;
      if (onSelect === undefined || (area === undefined && !isDrag)) return;
      area = {
        left: Math.min(start.x, now.x),
        right: Math.max(start.x, now.x),
        top: Math.min(start.y, now.y),
        bottom: Math.max(start.y, now.y),
      };
      setBox(area);
    };
    const onEnd = (end: PointerEvent) => {
      element.removeEventListener('pointermove', onMove);
      element.removeEventListener('pointerup', onEnd);
      element.removeEventListener('pointercancel', onEnd);
      setBox(undefined);
      if (end.type === 'pointercancel') return;
      if (area !== undefined) onSelect?.(marksIn(area), 'instead');
      else {
        const mark = scene.markAt(at(end), widthPx, size.heightPx);
        if (mark === undefined) return;
        if (end.ctrlKey || end.metaKey) onSelect?.([mark], 'toggle');
        else onOpen?.(mark);
      }
    };
    element.addEventListener('pointermove', onMove);
    element.addEventListener('pointerup', onEnd);
    element.addEventListener('pointercancel', onEnd);
  };

  const onKeyDown = (event: KeyboardEvent) => {
    const { order, rowLength } = scene;
    if (order.length === 0 || event.ctrlKey || event.metaKey || event.altKey) return;
    const here = current === undefined ? -1 : order.indexOf(current);
    const row = rowLength ?? 1;
    const targets: Readonly<Record<string, number>> = {
      ArrowRight: here + 1,
      ArrowLeft: here < 0 ? 0 : here - 1,
      ArrowDown: here < 0 ? 0 : here + row,
      ArrowUp: here < 0 ? 0 : here - row,
      Home: 0,
      End: order.length - 1,
    };
    const target = targets[event.key];
    if (target !== undefined) {
      point(order[Math.max(0, Math.min(order.length - 1, target))], true);
    } else if (event.key === 'Escape' && (current !== undefined || selected?.size)) {
      point(undefined);
      onSelect?.([], 'instead');
    } else if (event.key === 'Enter' && current !== undefined) onOpen?.(current);
    else if (event.key === ' ' && current !== undefined && onSelect) onSelect([current], 'toggle');
    else return;
    event.preventDefault();
  };

  const place = current === undefined ? undefined : placeOf(current);
  const lines = current === undefined ? [] : scene.describe(current);
  const rings = useMemo(
    () => (selected === undefined ? [] : [...selected].slice(0, 400)),
    [selected],
  );
  const ringsLayer = useRef<HTMLCanvasElement>(null);
  const drawRings = useCallback(
    (pen: CanvasRenderingContext2D) => {
      pen.lineWidth = 1.5;
      pen.strokeStyle = theme.foreground;
      for (const mark of rings) {
        const ring = scene.placeOf(mark, widthPx, size.heightPx);
        if (ring === undefined) continue;
        pen.beginPath();
        pen.arc(ring.x, ring.y, 7, 0, 2 * Math.PI);
        pen.stroke();
      }
    },
    [rings, scene, theme, size],
  );
  useCanvas(ringsLayer, drawRings);
  const keys = [
    'Arrow keys read it out',
    ...(onOpen ? [`Enter ${props.openHint ?? 'opens the run'}`] : []),
    ...(onSelect ? ['Space chooses'] : []),
  ].join(', ');
  return (
    <div
      class="plot-view"
      onPointerDown={onPointerDown}
      onPointerMove={(event) => {
        if (box === undefined) point(scene.markAt(at(event), widthPx, size.heightPx));
      }}
      onPointerLeave={() => point(undefined)}
    >
      <div
        class="plot-canvas"
        style={{ height: `${heightPx}px` }}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it is read out by the arrow keys.
        tabIndex={0}
        role="application"
        aria-roledescription="chart"
        aria-label={`${label}. ${keys}.`}
        onKeyDown={onKeyDown}
        onBlur={() => byKey && point(undefined)}
      >
        <canvas ref={canvas} />
        <canvas ref={ringsLayer} class="plot-over" />
      </div>
      {place !== undefined && (
        <div class="plot-mark" style={{ left: `${place.x}px`, top: `${place.y}px` }} />
      )}
      {box !== undefined && (
        <div
          class="plot-box"
          style={{
            left: `${box.left}px`,
            top: `${box.top}px`,
            width: `${box.right - box.left}px`,
            height: `${box.bottom - box.top}px`,
          }}
        />
      )}
      {place !== undefined && box === undefined && (
        <div
          class="plot-tip"
          style={{
            ...(place.x > widthPx / 2
              ? { right: `${widthPx - place.x + 12}px` }
              : { left: `${place.x + 12}px` }),
            ...(place.y > size.heightPx / 2
              ? { bottom: `${size.heightPx - place.y + 8}px` }
              : { top: `${place.y + 8}px` }),
          }}
        >
          {lines.map((line, index) => (
            <div key={index} class={index === 0 ? 'plot-tip-name' : ''}>
              {line}
            </div>
          ))}
        </div>
      )}
      <div class="visually-hidden" aria-live="polite">
        {byKey ? lines.join(', ') : ''}
      </div>
    </div>
  );
}

/** The mark of which all is told as before, or else one of its name. */
function findMark({ order, describe }: Scene, before: number, lines: readonly string[]) {
  const text = lines.join('\n');
  const isSame = (mark: number) => describe(mark).join('\n') === text;
  const hasName = (mark: number) => describe(mark)[0] === lines[0];
  if (order.includes(before) && isSame(before)) return before;
  return (
    order.find(isSame) ?? (order.includes(before) && hasName(before) ? before : order.find(hasName))
  );
}
