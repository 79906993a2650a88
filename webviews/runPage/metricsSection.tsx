import { useState } from 'preact/hooks';
import { formatNumber } from '../../src/core/format/formatNumber';
import { mainMetric } from '../../src/core/run/mainMetric';
import { pinnedFirst } from '../../src/core/run/pinnedKeys';
import type { MetricSummary } from '../../src/core/run/run';
import type { ChosenPoint, RunSeries } from '../../src/protocol/runPage';
import { Button, TextField } from '../shared/controls';
import { MetricCharts } from './metricChart';
import { PinButton } from './pinButton';
import type { SectionProps } from './sectionProps';
import { Spark } from './spark';
import { isFound, ownMetrics } from './state';
import { useAnswer } from './useAnswer';
import { useKeptFocus } from './useKeptFocus';
import { useLineJump } from './useLineJump';

const searchedFrom = 8;
const firstRows = 200;
/** As many as a sparkline has pixels for. */
const sparkBuckets = 24;

/** Every metric with its figures and its course. */
export function MetricsSection(props: SectionProps) {
  const { data, run, host, attempt, target, goTo } = props;
  const { jump, view: jumping } = useLineJump(props);
  const pinned = data.pinned.metrics;
  const metrics = pinnedFirst(ownMetrics(run), pinned);
  const [typed, setTyped] = useState('');
  const [limit, setLimit] = useState(firstRows);
  useKeptFocus();
  const found = metrics.filter(({ key }) => isFound(typed, key));
  const shown = found.slice(0, limit);
  const keys = shown.map(({ key }) => key);
  const pointCount = shown.reduce((sum, { count }) => sum + count, 0);
  const sparks = useAnswer(
    () => host.readSeries(keys, sparkBuckets),
    data.runId,
    `${keys.toSorted().join('\n')} ${pointCount}`,
  );
  const byKey = new Map(sparks.value?.map((series) => [series.key, series]));
  const main = mainMetric(run.metrics)?.key;

  if (metrics.length === 0) {
    return (
      <div class="section-empty">
        <h2>No metrics</h2>
        <p>
          {run.status === 'running'
            ? 'None yet. What the program prints and the files it logs into are being read.'
            : 'Nothing that it printed or logged was taken for a metric. If its log has one, show it once and it is found in every run.'}
        </p>
        {run.logBytes > 0 && (
          <Button onClick={() => attempt(host.act('teachMetric'))}>Teach a Metric…</Button>
        )}
      </div>
    );
  }
  const hasLog = run.logBytes > 0 || data.parent !== undefined;
  return (
    <>
      <section class="card" aria-labelledby="metrics-title">
        <div class="card-head">
          <h2 id="metrics-title" class="visually-hidden">
            Metrics
          </h2>
          {metrics.length >= searchedFrom && (
            <TextField
              label="Search metrics"
              placeholder="Search metrics"
              value={typed}
              onInput={setTyped}
            />
          )}
          <span class="muted" role="status">
            {typed.trim() === '' ? '' : `${found.length} of ${metrics.length}`}
          </span>
          {sparks.problem !== undefined && (
            <span class="section-problem" role="alert">
              The courses could not be read: {sparks.problem}
            </span>
          )}
        </div>
        <div class="table-scroll">
          <table class="table metrics">
            <thead>
              <tr>
                <th scope="col">Metric</th>
                <th scope="col">
                  <span class="visually-hidden">Pin</span>
                </th>
                <th scope="col" class="course">
                  Course
                </th>
                {['Last', 'Best', 'First', 'Min', 'Max', 'Points'].map((title) => (
                  <th key={title} scope="col" class="number">
                    {title}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {shown.map((metric) => (
                <MetricRow
                  key={metric.key}
                  metric={metric}
                  isMain={metric.key === main}
                  spark={byKey.get(metric.key)}
                  isPinned={pinned.includes(metric.key)}
                  onPin={(isPinned) => attempt(host.pin('metrics', metric.key, isPinned))}
                  onShow={() => goTo('metrics', { metric: metric.key })}
                  onJump={hasLog ? jump : undefined}
                />
              ))}
            </tbody>
          </table>
        </div>
        {found.length > limit && (
          <button type="button" class="plain-button link" onClick={() => setLimit(limit * 10)}>
            Show {(found.length - limit).toLocaleString('en')} more
          </button>
        )}
      </section>
      <section class="card" aria-labelledby="charts-title">
        <div class="card-head">
          <h2 id="charts-title">Charts</h2>
          {hasLog && <span class="muted">Click a point to go to its line in the log.</span>}
        </div>
        <MetricCharts
          {...{ data, run, host }}
          metrics={shown}
          xAxis="step"
          target={target?.metric}
          {...(hasLog && { onPoint: jump })}
        />
      </section>
      {jumping}
    </>
  );
}

interface MetricRowProps {
  readonly metric: MetricSummary;
  readonly isMain: boolean;
  readonly spark: RunSeries | undefined;
  readonly isPinned: boolean;
  readonly onPin: (isPinned: boolean) => void;
  readonly onShow: () => void;
  readonly onJump: ((point: ChosenPoint) => void) | undefined;
}

function MetricRow(props: MetricRowProps) {
  const { metric, isMain, spark, isPinned, onPin, onShow, onJump } = props;
  const { key, last, best, bestStep, lastStep, first, min, max, count, direction } = metric;
  const better = direction === undefined ? '' : `, ${direction} is better`;
  return (
    <tr>
      <th scope="row" title={isMain ? `The main metric${better}` : better.slice(2)}>
        <button
          type="button"
          class="plain-button link metric-name"
          title="Show Its Chart"
          onClick={onShow}
        >
          {isMain ? <b>{key}</b> : key}
        </button>
      </th>
      <td class="row-actions">
        <PinButton name={key} isPinned={isPinned} onPin={onPin} />
      </td>
      <td class="course">
        <Spark series={spark} />
      </td>
      <td class="number">
        <Jump
          point={{ key, value: last, step: lastStep ?? Number.NaN, timeMs: metric.lastAtMs }}
          onJump={onJump}
        />
      </td>
      <td class="number">
        {direction === undefined ? (
          <span class="muted" title="Whether it is better low or high is not known">
            –
          </span>
        ) : (
          <>
            <Jump
              point={{ key, value: best, step: bestStep ?? Number.NaN, timeMs: metric.lastAtMs }}
              onJump={onJump}
            />
            {bestStep !== undefined && <span class="muted"> at {formatNumber(bestStep)}</span>}
          </>
        )}
      </td>
      <td class="number">{formatNumber(first)}</td>
      <td class="number">{formatNumber(min)}</td>
      <td class="number">{formatNumber(max)}</td>
      <td class="number">{count.toLocaleString('en')}</td>
    </tr>
  );
}

interface JumpProps {
  readonly point: ChosenPoint;
  readonly onJump: ((point: ChosenPoint) => void) | undefined;
}

/** A value that leads to the line of the log that gave it. */
function Jump({ point, onJump }: JumpProps) {
  const text = formatNumber(point.value);
  if (onJump === undefined) return <>{text}</>;
  return (
    <button
      type="button"
      class="plain-button link"
      title="Go to Its Line in the Log"
      onClick={() => onJump(point)}
    >
      {text}
    </button>
  );
}
