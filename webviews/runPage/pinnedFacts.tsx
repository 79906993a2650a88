import { formatNumber } from '../../src/core/format/formatNumber';
import { describeBest } from '../../src/core/present/describeRun';
import { mainMetric } from '../../src/core/run/mainMetric';
import { onlyPinned } from '../../src/core/run/pinnedKeys';
import type { SectionProps } from './sectionProps';
import { ownMetrics } from './state';

/** What the user pinned and this run has; its main metric stands above already. */
export function PinnedFacts({ data, run }: Pick<SectionProps, 'data' | 'run'>) {
  const main = mainMetric(run.metrics);
  const metrics = onlyPinned(ownMetrics(run), data.pinned.metrics).filter((each) => each !== main);
  const params = onlyPinned(run.params, data.pinned.params);
  if (metrics.length + params.length === 0) return null;
  return (
    <section class="pinned-facts" aria-label="Pinned">
      <dl class="facts">
        {metrics.flatMap((metric) => [
          <dt key={`name of metric ${metric.key}`}>{metric.key}</dt>,
          <dd key={`metric ${metric.key}`}>
            <span class="figure">{formatNumber(metric.last)}</span>
            {!Object.is(metric.best, metric.last) && metric.direction !== undefined && (
              <span class="muted"> {describeBest(metric)}</span>
            )}
          </dd>,
        ])}
        {params.flatMap(({ key, value }) => [
          <dt key={`name of param ${key}`}>{key}</dt>,
          <dd key={`param ${key}`} class="mono">
            {value}
          </dd>,
        ])}
      </dl>
    </section>
  );
}
