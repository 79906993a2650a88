import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { formatNumber } from '../../src/core/format/formatNumber';
import type { ChartsState } from '../../src/protocol/chartsPage';
import { Button } from '../shared/controls';
import { Icon } from '../shared/icon';
import type { Theme } from '../shared/theme';
import { ChartTable } from './chartTable';
import { createLineChart, type LineChart } from './lineChart';
import { lineStyle, type Plot, type Readout, readout } from './state';
import { Swatch } from './swatch';
import { formatSeconds } from './timeAxis';

interface ChartCardProps {
  readonly plot: Plot;
  readonly logScale: ChartsState['logScale'];
  readonly theme: Theme;
}

const maxReadoutLines = 8;

/** One metric: a chart, or the same points as a table. */
export function ChartCard({ plot, logScale, theme }: ChartCardProps) {
  const [asTable, setAsTable] = useState(false);
  const undrawn = plot.lines.reduce((sum, line) => sum + line.undrawn, 0);
  return (
    <section class="card" aria-label={`Chart of ${plot.key}`}>
      <header>
        <h2 title={plot.key}>{plot.key}</h2>
        <span class="last">{lastText(plot)}</span>
        <Button
          look="icon"
          label={`Show ${plot.key} as ${asTable ? 'chart' : 'table'}`}
          title={asTable ? 'Show as Chart' : 'Show as Table'}
          pressed={asTable}
          onClick={() => setAsTable(!asTable)}
        >
          <Icon name={asTable ? 'chart' : 'table'} />
        </Button>
      </header>
      {asTable ? (
        <ChartTable plot={plot} />
      ) : (
        <Canvas plot={plot} logScale={logScale} theme={theme} />
      )}
      {undrawn > 0 && (
        <p class="undrawn muted">
          {undrawn} {undrawn === 1 ? 'point is' : 'points are'} not drawn: NaN or infinite
          {logScale ? ', or not above 0 on a log scale' : ''}.
        </p>
      )}
    </section>
  );
}

/** The last value where there is one run; the legend tells several apart. */
function lastText({ lines }: Plot): string {
  const [line] = lines;
  const last = line?.points.at(-1)?.y;
  return lines.length === 1 && last !== undefined ? formatNumber(last) : '';
}

function Canvas({ plot, logScale, theme }: ChartCardProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const chart = useRef<LineChart>();
  const [seen, setSeen] = useState(false);
  const [hover, setHover] = useState<{ readonly values: Readout; readonly leftSide: boolean }>();

  // A page may have a hundred charts: each is made when it is first scrolled into view.
  useEffect(() => {
    const element = canvas.current;
    if (element === null) return;
    const observer = new IntersectionObserver((entries) =>
      setSeen(entries.some((entry) => entry.isIntersecting)),
    );
    observer.observe(element);
    return () => {
      observer.disconnect();
      chart.current?.dispose();
      chart.current = undefined;
    };
  }, []);

  useLayoutEffect(() => {
    if (!seen || canvas.current === null) return;
    chart.current ??= createLineChart(canvas.current);
    chart.current.update(plot, logScale, theme);
  }, [seen, plot, logScale, theme]);

  const onMove = (event: PointerEvent) => {
    const box = canvas.current?.getBoundingClientRect();
    if (box === undefined) return;
    const xPx = event.clientX - box.left;
    const at = chart.current?.valueAt(xPx, event.clientY - box.top);
    const values = at === undefined ? undefined : readout(plot, at.x, at.y, maxReadoutLines);
    if (values === undefined) return;
    chart.current?.setCursor(
      values.x,
      values.values.map(({ point }) => point),
    );
    setHover({ values, leftSide: xPx > box.width / 2 });
  };
  const onLeave = () => {
    chart.current?.setCursor(undefined, []);
    setHover(undefined);
  };

  return (
    <div class="plot" onPointerMove={onMove} onPointerLeave={onLeave}>
      <canvas ref={canvas} role="img" aria-label={describePlot(plot)} />
      {hover === undefined ? undefined : (
        <div class={`readout ${hover.leftSide ? 'left' : 'right'}`}>
          <div class="readout-x">
            {plot.xAxis === 'time'
              ? formatSeconds(hover.values.x)
              : `step ${formatNumber(hover.values.x)}`}
          </div>
          {hover.values.values.map(({ line, point }) => (
            <div key={line.runId} class="readout-line">
              <Swatch style={lineStyle(line.styleIndex, theme.lines)} />
              <span class="readout-name">{line.name}</span>
              <span class="readout-value">{formatNumber(point.y)}</span>
            </div>
          ))}
          {hover.values.more > 0 && <div class="muted">and {hover.values.more} more</div>}
        </div>
      )}
    </div>
  );
}

/** What a screen reader says of the picture; the table has the rest. */
function describePlot({ key, lines }: Plot): string {
  const ends = lines.slice(0, maxReadoutLines).map((line) => {
    const last = line.points.findLast(({ y }) => !Number.isNaN(y));
    return `${line.name}: ${last === undefined ? 'no value' : formatNumber(last.y)}`;
  });
  return `Line chart of ${key}, ${lines.length} ${lines.length === 1 ? 'run' : 'runs'}. Last values: ${ends.join('; ')}`;
}
