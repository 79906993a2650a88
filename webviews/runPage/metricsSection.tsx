import { useState } from 'preact/hooks';
import { formatNumber } from '../../src/core/format/formatNumber';
import { mainMetric } from '../../src/core/run/mainMetric';
import type { MetricSummary } from '../../src/core/run/run';
import type { RunSeries } from '../../src/protocol/runPage';
import { Button, TextField } from '../shared/controls';
import type { SectionProps } from './sectionProps';
import { Spark } from './spark';
import { isFound, ownMetrics } from './state';
import { useAnswer } from './useAnswer';

const searchedFrom = 8;
const firstRows = 200;
/** As many as a sparkline has pixels for. */
const sparkBuckets = 24;

/** Every metric with its figures and its course. */
export function MetricsSection({ data, run, host, attempt }: SectionProps) {
  const metrics = ownMetrics(run);
  const [typed, setTyped] = useState('');
  const [limit, setLimit] = useState(firstRows);
  const found = metrics.filter(({ key }) => isFound(typed, key));
  const shown = found.slice(0, limit);
  const keys = shown.map(({ key }) => key);
  const pointCount = shown.reduce((sum, { count }) => sum + count, 0);
  const sparks = useAnswer(
    () => host.readSeries(keys, sparkBuckets),
    data.runId,
    `${keys.join('\n')} ${pointCount}`,
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
  return (
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
              <th scope="col">Course</th>
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
  );
}

interface MetricRowProps {
  readonly metric: MetricSummary;
  readonly isMain: boolean;
  readonly spark: RunSeries | undefined;
}

function MetricRow({ metric, isMain, spark }: MetricRowProps) {
  const { key, last, best, bestStep, first, min, max, count, direction } = metric;
  const better = direction === undefined ? '' : `, ${direction} is better`;
  return (
    <tr>
      <th scope="row" title={isMain ? `The main metric${better}` : better.slice(2)}>
        {isMain ? <b>{key}</b> : key}
      </th>
      <td>
        <Spark series={spark} />
      </td>
      <td class="number">{formatNumber(last)}</td>
      <td class="number">
        {direction === undefined ? (
          <span class="muted" title="Whether it is better low or high is not known">
            –
          </span>
        ) : (
          <>
            {formatNumber(best)}
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
