import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { ParallelSpec } from '../../../../src/core/chart/chartSpec';
import { type AxisViews, changeAxisView, withoutBrushes } from '../../../../src/core/plot/axisView';
import {
  type Brush,
  brushedRows,
  describeBrush,
  fitsColumn,
} from '../../../../src/core/plot/brush';
import { useResize } from '../../../shared/useResize';
import type { CardBodyProps } from '../../cardContext';
import { ColorLegend } from '../../plot/colorLegend';
import { PlotEmpty, PlotLoading } from '../../plot/plotState';
import { pictureColors } from '../../plot/scenePicture';
import { SelectionBar } from '../../plot/selectionBar';
import { type CanvasSize, useCanvas } from '../../plot/useCanvas';
import { AxisStrip } from './axisStrip';
import { colorBatches, drawLines, drawParallelAxes, fadedBatch } from './drawParallel';
import './parallel.css';
import { axisX, minGapPx, nearestRun, type ParallelAxis } from './parallelLayout';
import { useLayer } from './useLayer';
import { useParallel } from './useParallel';

const noViews: AxisViews = {};

/** Params and a metric side by side, a line through them for each run; brushes choose among them. */
export function ParallelBody(props: CardBodyProps<ParallelSpec>) {
  const { spec, context, heightPx } = props;
  const read = useParallel(spec, context);
  if (read === undefined) return <PlotLoading heightPx={heightPx} />;
  if (read.axes.length < 2 || read.runs.length === 0) {
    return (
      <PlotEmpty heightPx={heightPx}>
        No param varies over the shown runs, so there is nothing to hold against the metric. Show
        more runs, or choose axes by Edit…
      </PlotEmpty>
    );
  }
  return <Parallel {...props} axes={read.axes} runs={read.runs} />;
}

interface ParallelProps extends CardBodyProps<ParallelSpec> {
  readonly axes: readonly ParallelAxis[];
  readonly runs: CardBodyProps<ParallelSpec>['context']['runs'];
}

function Parallel(props: ParallelProps) {
  const { spec, axes, runs, context, title, heightPx, onSpec, onPicture } = props;
  const { theme, host, attempt, setHighlighted } = context;
  const { views = noViews } = spec;
  // What is dragged is kept when it is let go of: the whole page would be drawn at each step of it.
  const [dragged, setDragged] = useState<{ readonly field: string; readonly brush: Brush }>();
  const [hovered, setHovered] = useState<{
    readonly row: number;
    readonly x: number;
    readonly y: number;
  }>();
  const brushes = useMemo(
    () =>
      axes.map(({ field, column }) => {
        const brush = dragged?.field === field ? dragged.brush : views[field]?.brush;
        return brush !== undefined && fitsColumn(brush, column) ? brush : undefined;
      }),
    [axes, views, dragged],
  );
  const root = useRef<HTMLDivElement>(null);
  const faded = useRef<HTMLCanvasElement>(null);
  const lines = useRef<HTMLCanvasElement>(null);
  const frame = useRef<HTMLCanvasElement>(null);
  const [roomPx, setRoomPx] = useState(0);
  useResize(
    root,
    useCallback(() => setRoomPx(root.current?.clientWidth ?? 0), []),
  );
  const widthPx = Math.max(roomPx, axes.length * minGapPx);
  const size: CanvasSize = { widthPx: roomPx === 0 ? 0 : widthPx, heightPx };

  const last = axes.at(-1);
  const isBrushed = brushes.some((brush) => brush !== undefined);
  const kept = useMemo(() => {
    const mask = brushedRows(
      axes.map(({ column }) => column),
      brushes,
      runs.length,
    );
    return Array.from(runs.keys()).filter((row) => mask[row] === 1);
  }, [axes, brushes, runs]);
  const all = useMemo(() => Array.from(runs.keys()), [runs]);

  useLayer(
    faded,
    size,
    (pen) => drawLines(pen, axes, isBrushed ? fadedBatch(all, theme) : [], widthPx, heightPx),
    [axes, all, theme, isBrushed],
  );
  useLayer(
    lines,
    size,
    (pen) => drawLines(pen, axes, colorBatches(axes, kept, theme), widthPx, heightPx),
    [axes, kept, theme],
  );
  const drawFrame = useCallback(
    (pen: CanvasRenderingContext2D, shown: CanvasSize) => {
      drawParallelAxes(pen, axes, shown.widthPx, shown.heightPx, theme, false);
      if (hovered === undefined) return;
      const batch = { rows: [hovered.row], color: theme.foreground, alpha: 1 };
      for (const _ of drawLines(pen, axes, [batch], shown.widthPx, shown.heightPx));
    },
    [axes, theme, hovered?.row],
  );
  useCanvas(frame, drawFrame);
  useEffect(() => {
    onPicture({
      legend: last ? pictureColors(last, theme) : [],
      draw(pen, width, height) {
        const batches = [
          ...(isBrushed ? fadedBatch(all, theme) : []),
          ...colorBatches(axes, kept, theme),
        ];
        for (const _ of drawLines(pen, axes, batches, width, height));
        drawParallelAxes(pen, axes, width, height, theme, true);
      },
    });
  }, [axes, kept, theme]);

  const changeView = (field: string, change: Parameters<typeof changeAxisView>[2]) => {
    setDragged(undefined);
    onSpec({ ...spec, views: changeAxisView(views, field, change) });
  };
  const moveTo = (field: string, place: number) => {
    const fields = axes.map((each) => each.field);
    const others = fields.filter((each) => each !== field);
    // The last one colours the lines, and stays.
    const at = Math.max(0, Math.min(others.length - 1, place));
    others.splice(at, 0, field);
    onSpec({ ...spec, order: others });
  };
  const moved = useRef<string>();
  // An element that changes its place loses the focus.
  useLayoutEffect(() => {
    if (moved.current === undefined) return;
    const strips = root.current?.querySelectorAll<HTMLElement>('.axis-strip') ?? [];
    for (const strip of strips) if (strip.dataset.field === moved.current) strip.focus();
    moved.current = undefined;
  }, [axes]);
  const point = (event: PointerEvent) => {
    const box = frame.current?.getBoundingClientRect();
    if (box === undefined) return;
    const place = { x: event.clientX - box.left, y: event.clientY - box.top };
    const row = nearestRun(axes, kept, place, widthPx, heightPx);
    setHovered(row === undefined ? undefined : { row, ...place });
    setHighlighted(row === undefined ? undefined : runs[row]?.runId);
  };
  const reason = axes
    .flatMap(({ axis }, at) => {
      const brush = brushes[at];
      return brush ? [describeBrush(axis.title, brush, axis.format)] : [];
    })
    .join(', and ');
  return (
    <>
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: by keyboard a run is opened from the list below. */}
      <section
        ref={root}
        class="parallel"
        style={{ height: `${heightPx + (widthPx > roomPx ? 12 : 0)}px` }}
        aria-label={`Parallel coordinates of ${title}, ${runs.length} runs`}
        onPointerMove={point}
        onPointerLeave={() => {
          setHovered(undefined);
          setHighlighted(undefined);
        }}
        onClick={(event) => {
          const isPlot = event.target instanceof HTMLCanvasElement;
          const run = hovered && isPlot ? runs[hovered.row] : undefined;
          if (run !== undefined) attempt(host.openRun(run.runId));
        }}
      >
        <div class="parallel-inner" style={{ width: `${widthPx}px`, height: `${heightPx}px` }}>
          <canvas ref={faded} data-layer="faded" />
          <canvas ref={lines} data-layer="lines" />
          <canvas ref={frame} data-layer="frame" />
          {axes.map((axis, at) => {
            const x = axisX(at, axes.length, widthPx);
            return (
              <AxisStrip
                key={axis.field}
                axis={axis}
                x={x}
                widthPx={axisX(1, axes.length, widthPx) - axisX(0, axes.length, widthPx)}
                heightPx={heightPx}
                end={at === 0 ? 'left' : at === axes.length - 1 ? 'right' : undefined}
                brush={brushes[at]}
                scale={views[axis.field]?.scale}
                onDrag={(brush) => setDragged({ field: axis.field, brush })}
                onChange={(change) => changeView(axis.field, change)}
                onMove={(by) => {
                  moved.current = axis.field;
                  moveTo(axis.field, at + by);
                }}
                onDrop={(xPx) => moveTo(axis.field, nearestPlace(xPx, axes.length, widthPx))}
              />
            );
          })}
          {hovered !== undefined && (
            <div
              class="plot-tip"
              style={{
                ...(hovered.x > widthPx / 2
                  ? { right: `${widthPx - hovered.x + 12}px` }
                  : { left: `${hovered.x + 12}px` }),
                ...(hovered.y > heightPx / 2
                  ? { bottom: `${heightPx - hovered.y + 8}px` }
                  : { top: `${hovered.y + 8}px` }),
              }}
            >
              <div class="plot-tip-name">{runs[hovered.row]?.name}</div>
              {axes.map(({ field, axis }) => (
                <div key={field}>
                  {axis.title}: {axis.textAt(hovered.row)}
                </div>
              ))}
            </div>
          )}
        </div>
      </section>
      {last && <ColorLegend axis={last.axis} column={last.column} theme={theme} />}
      {isBrushed ? (
        <SelectionBar
          runs={kept.flatMap((row) => runs[row] ?? [])}
          reason={reason}
          context={context}
          onClear={() => onSpec({ ...spec, views: withoutBrushes(views) })}
          textOf={(run) => last?.axis.textAt(runs.indexOf(run)) ?? ''}
        />
      ) : (
        <p class="note muted">Drag along an axis, or focus it and press ↑, to choose runs.</p>
      )}
    </>
  );
}

function nearestPlace(xPx: number, count: number, widthPx: number): number {
  const gap = axisX(1, count, widthPx) - axisX(0, count, widthPx);
  return Math.round((xPx - axisX(0, count, widthPx)) / Math.max(1, gap));
}
