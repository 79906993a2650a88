import { useCallback, useRef } from 'preact/hooks';
import { rampColor } from '../../../src/core/plot/colorRamp';
import type { ColumnAxis } from '../../../src/core/plot/columnAxis';
import type { RunColumn } from '../../../src/core/plot/runColumn';
import type { Theme } from '../../shared/theme';
import { drawMarker } from '../cards/scatter/markers';
import { categoryPaint } from '../cards/scatter/scatterScene';
import { useCanvas } from './useCanvas';

interface ColorLegendProps {
  readonly axis: ColumnAxis;
  readonly column: RunColumn;
  readonly theme: Theme;
}

const maxTexts = 12;

/** What the colours of a chart mean. */
export function ColorLegend({ axis, column, theme }: ColorLegendProps) {
  if (column.kind === 'number') return <RampLegend axis={axis} theme={theme} />;
  return (
    <div class="plot-legend">
      <span class="muted">{axis.title}</span>
      {column.texts.slice(0, maxTexts).map((text, code) => (
        <span key={text}>
          <Marker code={code} theme={theme} />
          {text}
        </span>
      ))}
      {column.texts.length > maxTexts && (
        <span class="muted">and {column.texts.length - maxTexts} more</span>
      )}
      {axis.absentCount > 0 && <span class="muted">○ none</span>}
    </div>
  );
}

function RampLegend({ axis, theme }: { readonly axis: ColumnAxis; readonly theme: Theme }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const draw = useCallback(
    (
      pen: CanvasRenderingContext2D,
      { widthPx, heightPx }: { widthPx: number; heightPx: number },
    ) => {
      for (let x = 0; x < widthPx; x++) {
        pen.fillStyle = rampColor(x / Math.max(1, widthPx - 1), theme.isDark);
        pen.fillRect(x, 0, 1, heightPx);
      }
    },
    [theme],
  );
  useCanvas(canvas, draw);
  return (
    <div class="plot-legend">
      <span class="muted">{axis.title}</span>
      <span>
        {axis.format(axis.fromUnit(0))}
        <canvas ref={canvas} class="plot-ramp" />
        {axis.format(axis.fromUnit(1))}
        {axis.isLog && <span class="muted">log</span>}
      </span>
      {axis.absentCount > 0 && <span class="muted">○ none</span>}
    </div>
  );
}

function Marker({ code, theme }: { readonly code: number; readonly theme: Theme }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const draw = useCallback(
    (pen: CanvasRenderingContext2D) => {
      const { color, marker } = categoryPaint(code, theme);
      pen.fillStyle = color;
      pen.beginPath();
      drawMarker(pen, marker, 6, 6, 4);
      pen.fill();
    },
    [code, theme],
  );
  useCanvas(canvas, draw);
  return <canvas ref={canvas} class="plot-marker" />;
}
