import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { type XAxisKind, xsOf } from '../../src/core/chart/xAxis';
import type { MetricSummary } from '../../src/core/run/run';
import type { ChosenPoint, RunSeries } from '../../src/protocol/runPage';
import type { ChartLine } from '../shared/chart/chartLine';
import type { Range } from '../shared/chart/chartRange';
import { LineChart } from '../shared/chart/lineChart';
import { lineStyle } from '../shared/chart/runStyles';
import { onThemeChange, readTheme } from '../shared/theme';
import type { SectionProps } from './sectionProps';
import { useAnswer } from './useAnswer';
import { useVisible } from './useVisible';

const heightPx = 220;
/** At most four points each: as many as a wide chart has pixels. */
const buckets = 400;

interface MetricChartsProps extends Pick<SectionProps, 'data' | 'run' | 'host'> {
  readonly metrics: readonly MetricSummary[];
  readonly xAxis: XAxisKind;
  /** The metric that was gone to. */
  readonly target?: string | undefined;
  readonly onPoint?: (point: ChosenPoint) => void;
}

/** A chart of each metric, drawn once it is near to what is seen. */
export function MetricCharts({ metrics, ...props }: MetricChartsProps) {
  const [theme, setTheme] = useState(readTheme);
  useEffect(() => onThemeChange(() => setTheme(readTheme())), []);
  return (
    <div class="charts">
      {metrics.map((metric) => (
        <MetricChart
          key={`${props.data.runId} ${metric.key}`}
          {...props}
          metric={metric}
          theme={theme}
        />
      ))}
    </div>
  );
}

interface MetricChartProps extends Omit<MetricChartsProps, 'metrics'> {
  readonly metric: MetricSummary;
  readonly theme: ReturnType<typeof readTheme>;
}

function MetricChart(props: MetricChartProps) {
  const { metric, theme, data, run, host, xAxis, target, onPoint } = props;
  const { key, count } = metric;
  const root = useRef<HTMLElement>(null);
  const isVisible = useVisible(root);
  const isTarget = target === key;
  useEffect(() => {
    if (isTarget) root.current?.scrollIntoView({ block: 'center' });
  }, [isTarget]);
  return (
    <figure ref={root} class={`chart ${isTarget ? 'chart-target' : ''}`} aria-label={key}>
      <figcaption>{key}</figcaption>
      {isVisible ? (
        <DrawnChart
          {...{ theme, run, host, xAxis, onPoint, metricKey: key, count }}
          id={data.runId}
        />
      ) : (
        <div class="chart-room" />
      )}
    </figure>
  );
}

interface DrawnChartProps extends Pick<MetricChartProps, 'theme' | 'run' | 'host' | 'xAxis'> {
  readonly metricKey: string;
  readonly count: number;
  readonly id: string;
  readonly onPoint: MetricChartsProps['onPoint'];
}

function DrawnChart({ metricKey, count, id, theme, run, host, xAxis, onPoint }: DrawnChartProps) {
  const [range, setRange] = useState<Range>();
  const answer = useAnswer(
    () => host.readSeries([metricKey], buckets),
    `${id} ${metricKey}`,
    count,
  );
  const series = answer.value?.[0];
  const lines = useMemo(
    () => (series === undefined ? [] : [toLine(series, xAxis, run.startedAtMs, theme.isDark)]),
    [series, xAxis, run.startedAtMs, theme.isDark],
  );
  if (answer.problem !== undefined) {
    return (
      <p class="section-problem" role="alert">
        It could not be read: {answer.problem}
      </p>
    );
  }
  if (series === undefined) return <div class="chart-room" />;
  return (
    <LineChart
      label={metricKey}
      lines={lines}
      xAxis={xAxis}
      theme={theme}
      heightPx={heightPx}
      range={range}
      onRange={setRange}
      isLive={run.status === 'running'}
      {...(onPoint && {
        onPoint: ({ index }: { readonly index: number }) =>
          onPoint({
            key: metricKey,
            value: series.values[index] ?? Number.NaN,
            step: series.steps[index] ?? Number.NaN,
            timeMs: series.timesMs[index] ?? run.startedAtMs,
          }),
      })}
    />
  );
}

function toLine(series: RunSeries, xAxis: XAxisKind, startMs: number, isDark: boolean): ChartLine {
  return {
    ...{ id: series.key, name: series.key, style: lineStyle(0, isDark) },
    xs: xsOf(series, xAxis, startMs),
    ys: series.values,
  };
}
