import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { XAxisKind } from '../../../src/core/chart/xAxis';
import { formatNumber } from '../../../src/core/format/formatNumber';
import type { Theme } from '../theme';
import type { Axes, ChartBand, ChartLine } from './chartLine';
import { padRange, panRange, type Range, xRangeOf, yRangeOf, zoomRange } from './chartRange';
import { toPixels } from './drawLines';
import type { LinePicture } from './lineConfig';
import './lineChart.css';
import { createLinePlot, type LinePlot } from './linePlot';
import { drawOverlay, type Overlay } from './overlay';
import { nextPlace, type Readout, type ReadValue, readValues, snapPlace } from './readout';
import { Swatch } from './swatch';
import { formatPlace } from './timeAxis';

export interface LineChartProps {
  /** What it is a chart of, for those who cannot see it. */
  readonly label: string;
  readonly lines: readonly ChartLine[];
  readonly bands?: readonly ChartBand[];
  readonly xAxis: XAxisKind;
  readonly axes?: Axes;
  readonly theme: Theme;
  readonly heightPx: number;
  /** What part of the axis is shown; undefined for all of it. */
  readonly range?: Range | undefined;
  /** The user zoomed or moved; undefined for back to all of it. Without it the chart cannot be zoomed. */
  readonly onRange?: (range: Range | undefined) => void;
  /** The user chose a point. */
  readonly onPoint?: (value: ReadValue) => void;
  /** Of the line that stands out. */
  readonly highlighted?: string | undefined;
  /** Points are still coming: the axis grows by leaps, so that what is looked at stays where it is. */
  readonly isLive?: boolean;
}

const linear: Axes = { isLogX: false, isLogY: false };
const noBands: readonly ChartBand[] = [];
const maxReadoutLines = 10;
/** So far from the pointer a point is still meant. */
const snapPx = 4;

/**
 * A live chart of lines: read out under the pointer or by the arrow keys, zoomed by dragging, by the
 * wheel with Ctrl or ⌘, and by + and −; moved by Shift and the arrow keys; reset by 0 or a double click.
 */
export function LineChart(props: LineChartProps) {
  const { label, lines, bands = noBands, xAxis, axes = linear, theme, heightPx, range } = props;
  const canvas = useRef<HTMLCanvasElement>(null);
  const root = useRef<HTMLDivElement>(null);
  const overlay = useRef<HTMLCanvasElement>(null);
  const plot = useRef<LinePlot>();
  const shown = useRef<{ x: Range; y: Range }>();
  const [readout, setReadout] = useState<Readout>();
  const [spoken, setSpoken] = useState('');
  const over = useRef<Overlay>({});

  const picture = useMemo((): LinePicture => {
    const all = xRangeOf(lines, bands, axes.isLogX);
    const x = range ?? growRange(all, shown.current?.x, props.isLive === true, axes.isLogX);
    const y = keepRange(yRangeOf(lines, bands, axes, x), shown.current?.y, axes.isLogY);
    return { lines, bands, axes, x, y, theme, xAxis, highlighted: props.highlighted };
  }, [lines, bands, axes, xAxis, theme, range, props.highlighted, props.isLive]);
  const latest = useRef(picture);
  latest.current = picture;

  const drawOver = useCallback(() => {
    const area = plot.current?.area();
    if (overlay.current !== null && area !== undefined) {
      drawOverlay(overlay.current, area, latest.current, over.current);
    }
  }, []);

  useLayoutEffect(() => {
    if (canvas.current === null) return;
    // A zoom must not decide how high the axis is once all is shown again.
    shown.current = range === undefined ? { x: picture.x, y: picture.y } : undefined;
    if (plot.current === undefined) {
      plot.current = createLinePlot(canvas.current, picture, drawOver);
    } else plot.current.update(picture);
    if (over.current.readout !== undefined) pointAt(over.current.readout.x, undefined);
    drawOver();
  }, [picture]);
  useEffect(
    () => () => {
      plot.current?.dispose();
      plot.current = undefined;
    },
    [],
  );

  const pointAt = (x: number | undefined, y: number | undefined) => {
    const next =
      x === undefined ? undefined : readValues(latest.current.lines, axes, x, y, maxReadoutLines);
    over.current = { ...over.current, readout: next };
    setReadout(next);
    drawOver();
    return next;
  };

  /** The values under a place of the canvas. */
  const valuesAt = (event: MouseEvent) => {
    const area = plot.current?.area();
    const box = canvas.current?.getBoundingClientRect();
    if (area === undefined || box === undefined) return undefined;
    const xPx = event.clientX - box.left;
    const yPx = event.clientY - box.top;
    const { x, y } = latest.current;
    return {
      xPx,
      yPx,
      area,
      x: fromPixels(x, axes.isLogX, area.left, area.right, xPx),
      y: fromPixels(y, axes.isLogY, area.bottom, area.top, yPx),
    };
  };

  /** The point that is at the pointer, of the few pixels around it. */
  const snap = ({ xPx, yPx, area }: NonNullable<ReturnType<typeof valuesAt>>) => {
    const { x, y, lines: drawn } = latest.current;
    const toX = toPixels(x, axes.isLogX, area.left, area.right);
    const toY = toPixels(y, axes.isLogY, area.bottom, area.top);
    const at = (px: number) => fromPixels(x, axes.isLogX, area.left, area.right, px);
    return snapPlace(drawn, axes, at(xPx - snapPx), at(xPx + snapPx), (px, py) =>
      Math.hypot(toX(px) - xPx, toY(py) - yPx),
    );
  };

  const setRange = (next: Range | undefined) => {
    if (next === undefined || next.min < next.max) props.onRange?.(next);
  };

  const onPointerDown = (event: PointerEvent) => {
    const start = valuesAt(event);
    if (event.button !== 0 || start === undefined) return;
    const isPan = event.shiftKey;
    const before = latest.current.x;
    // SAFETY: the handler is on an element.
    const element = event.currentTarget as HTMLElement;
    element.setPointerCapture(event.pointerId);
    let isDrag = false;
    const onMove = (move: PointerEvent) => {
      const now = valuesAt(move);
      if (now === undefined || props.onRange === undefined) return;
      isDrag ||= Math.abs(now.xPx - start.xPx) > 4;
      if (!isDrag) return;
      if (isPan) {
        const { left, right } = start.area;
        setRange(panRange(before, (start.xPx - now.xPx) / (right - left), axes.isLogX));
      } else {
        over.current = { ...over.current, selection: order(start.xPx, now.xPx) };
        drawOver();
      }
    };
    const onEnd = (end: PointerEvent) => {
      element.removeEventListener('pointermove', onMove);
      element.removeEventListener('pointerup', onEnd);
      element.removeEventListener('pointercancel', onEnd);
      over.current = { ...over.current, selection: undefined };
      drawOver();
      const now = valuesAt(end);
      if (end.type === 'pointercancel' || now === undefined) return;
      if (isDrag && !isPan) {
        const { min, max } = order(start.x, now.x);
        setRange({ min: Math.max(min, before.min), max: Math.min(max, before.max) });
      } else if (!isDrag && props.onPoint !== undefined) choosePoint(snap(now) ?? now.x, now.y);
    };
    element.addEventListener('pointermove', onMove);
    element.addEventListener('pointerup', onEnd);
    element.addEventListener('pointercancel', onEnd);
  };

  const choosePoint = (x: number, y: number | undefined) => {
    const [nearest] = readValues(latest.current.lines, axes, x, y, 1)?.values ?? [];
    if (nearest !== undefined) props.onPoint?.(nearest);
  };

  const onPointerMove = (event: PointerEvent) => {
    const at = valuesAt(event);
    if (at === undefined || over.current.selection !== undefined) return;
    pointAt(snap(at) ?? at.x, at.y);
  };

  const onWheel = useRef<(event: WheelEvent) => void>(() => {});
  onWheel.current = (event) => {
    if (!(event.ctrlKey || event.metaKey) || props.onRange === undefined) return;
    event.preventDefault();
    const at = valuesAt(event);
    if (at === undefined) return;
    const factor = 1.002 ** Math.max(-200, Math.min(200, event.deltaY));
    setRange(zoomRange(latest.current.x, at.x, factor, axes.isLogX));
  };
  useEffect(() => {
    const element = root.current;
    const listener = (event: WheelEvent) => onWheel.current(event);
    // Preact would add it as passive, and the page would zoom too.
    element?.addEventListener('wheel', listener, { passive: false });
    return () => element?.removeEventListener('wheel', listener);
  }, []);

  const onKeyDown = (event: KeyboardEvent) => {
    const { x } = latest.current;
    const cursor = over.current.readout?.x;
    const inView = cursor !== undefined && cursor >= x.min && cursor <= x.max ? cursor : undefined;
    const middle = axes.isLogX ? Math.sqrt(x.min * x.max) : (x.min + x.max) / 2;
    const move = (place: number | undefined) => {
      if (place === undefined) return;
      if (place < x.min || place > x.max) {
        setRange(panRange(x, place < x.min ? -0.25 : 0.25, axes.isLogX));
      }
      const next = pointAt(place, undefined);
      if (next !== undefined) setSpoken(describeReadout(next, xAxis));
    };
    const visible = latest.current.lines;
    const step = (direction: 1 | -1) => {
      const edge = direction === 1 ? x.min : x.max;
      let place = nextPlace(visible, axes, inView ?? edge, direction, inView === undefined);
      for (let times = event.ctrlKey || event.metaKey ? 9 : 0; times > 0; times--) {
        if (place !== undefined) place = nextPlace(visible, axes, place, direction) ?? place;
      }
      move(place);
    };
    switch (event.key) {
      case 'ArrowRight':
      case 'ArrowLeft': {
        const direction = event.key === 'ArrowRight' ? 1 : -1;
        if (event.shiftKey) setRange(panRange(x, 0.1 * direction, axes.isLogX));
        else step(direction);
        break;
      }
      case 'Home':
        move(nextPlace(visible, axes, Number.NEGATIVE_INFINITY, 1));
        break;
      case 'End':
        move(nextPlace(visible, axes, Number.POSITIVE_INFINITY, -1));
        break;
      case '+':
      case '=':
        setRange(zoomRange(x, inView ?? middle, 0.5, axes.isLogX));
        break;
      case '-':
        setRange(zoomRange(x, inView ?? middle, 2, axes.isLogX));
        break;
      case '0':
        setRange(undefined);
        break;
      case 'Escape':
        if (cursor === undefined) return;
        pointAt(undefined, undefined);
        break;
      case 'Enter':
        if (inView === undefined || props.onPoint === undefined) return;
        choosePoint(inView, undefined);
        break;
      default:
        return;
    }
    event.preventDefault();
    event.stopPropagation();
  };

  const xPx = readout === undefined ? 0 : cursorPixel(readout.x);
  function cursorPixel(x: number): number {
    const area = plot.current?.area();
    if (area === undefined) return 0;
    return toPixels(picture.x, axes.isLogX, 0, 1)(x);
  }

  return (
    <div
      ref={root}
      class="line-chart"
      role="application"
      aria-roledescription="chart"
      aria-label={`${label}. Arrow keys read values, plus and minus zoom.`}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it is used by keys.
      tabIndex={0}
      style={{ height: `${heightPx}px` }}
      onKeyDown={onKeyDown}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerLeave={() => pointAt(undefined, undefined)}
      onBlur={() => pointAt(undefined, undefined)}
      onDblClick={() => setRange(undefined)}
    >
      <canvas ref={canvas} role="img" aria-label={describeLines(label, lines)} />
      <div class="overlay" aria-hidden="true">
        <canvas ref={overlay} />
      </div>
      <div class="visually-hidden" aria-live="polite">
        {spoken}
      </div>
      {readout === undefined ? undefined : (
        <div class={`readout ${xPx > 0.5 ? 'left' : 'right'}`} aria-hidden="true">
          <div class="readout-x">{formatPlace(xAxis, readout.x)}</div>
          {readout.values.map(({ line, x, y, raw }) => (
            <div key={line.id} class="readout-line">
              <Swatch style={line.style} />
              <span class="readout-name">{line.shortName ?? line.name}</span>
              {x !== readout.x && <span class="muted">{formatPlace(xAxis, x)}</span>}
              {raw !== undefined && <span class="muted">{formatNumber(raw)}</span>}
              <span class="readout-value">{formatNumber(y)}</span>
            </div>
          ))}
          {readout.more > 0 && <div class="muted">and {readout.more} more</div>}
        </div>
      )}
    </div>
  );
}

function order(a: number, b: number): Range {
  return { min: Math.min(a, b), max: Math.max(a, b) };
}

/** The inverse of `toPixels`. */
function fromPixels(range: Range, isLog: boolean, from: number, to: number, pixel: number): number {
  const share = (pixel - from) / (to - from);
  return isLog
    ? range.min * (range.max / range.min) ** share
    : range.min + share * (range.max - range.min);
}

/** The axis of all points: to the last of them; of a live chart a little more, so that it seldom moves. */
function growRange(
  all: Range | undefined,
  before: Range | undefined,
  isLive: boolean,
  isLog: boolean,
): Range {
  if (all === undefined) return isLog ? { min: 1, max: 10 } : { min: 0, max: 1 };
  if (all.min === all.max) return padRange(all, isLog, 0.5);
  if (!isLive) return all;
  const fits =
    before !== undefined &&
    before.min === all.min &&
    all.max <= before.max &&
    (all.max - all.min) * 1.25 > before.max - before.min;
  return fits
    ? before
    : { min: all.min, max: isLog ? all.max * 1.2 : all.max + (all.max - all.min) * 0.1 };
}

/** The axis of values: as it is while it holds them all and they fill most of it. */
function keepRange(values: Range | undefined, before: Range | undefined, isLog: boolean): Range {
  const padded = padRange(values, isLog, 0.05);
  if (values === undefined || before === undefined || isLog) return padded;
  const fits = before.min <= values.min && values.max <= before.max;
  return fits && values.max - values.min > 0.75 * (before.max - before.min) ? before : padded;
}

function describeReadout({ x, values, more }: Readout, xAxis: XAxisKind): string {
  const said = values.slice(0, 5).map(({ line, y }) => `${line.name} ${formatNumber(y)}`);
  const rest = more + values.length - said.length;
  return [formatPlace(xAxis, x), ...said, ...(rest > 0 ? [`and ${rest} more`] : [])].join('; ');
}

/** What a screen reader says of the picture; the table has the rest. */
function describeLines(label: string, lines: readonly ChartLine[]): string {
  const ends = lines.slice(0, 8).map(({ name, ys }) => {
    const last = ys.findLast((y) => !Number.isNaN(y));
    return `${name}: ${last === undefined ? 'no value' : formatNumber(last)}`;
  });
  const count = `${lines.length} ${lines.length === 1 ? 'line' : 'lines'}`;
  return `Line chart of ${label}, ${count}. Last values: ${ends.join('; ')}`;
}
