import type { TrialResult, TriedMetric } from '../../src/core/extract/patterns/patternTrial';
import { formatNumber } from '../../src/core/format/formatNumber';
import { Icon } from '../shared/icon';
import { sparkOf } from './state';

interface TrialViewProps {
  readonly trial: TrialResult;
  readonly onLine: (line: number) => void;
}

const sparkWidth = 300;
const sparkHeight = 56;

/** What the pattern finds through the whole log, and what looks wrong about it. */
export function TrialView({ trial, onLine }: TrialViewProps) {
  const { metrics, doubts, lineCount } = trial;
  return (
    <section class="trial" aria-label="What the pattern finds">
      <p role="status" class="found">
        {lineCount === 0 ? 'No line matches.' : countText(trial)}
      </p>
      {metrics.map((metric) => (
        <MetricView key={metric.key} metric={metric} />
      ))}
      {doubts.length > 0 && (
        <ul class="doubts" aria-label="What looks wrong">
          {doubts.map(({ text, line }) => (
            <li key={text}>
              <Icon name="interrupted" class="doubt" />
              {line === undefined ? (
                <span>{text}</span>
              ) : (
                <button type="button" class="plain-button link" onClick={() => onLine(line)}>
                  {text}: line {(line + 1).toLocaleString('en')}
                </button>
              )}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function countText({ lineCount, metrics }: TrialResult): string {
  const lines = `${lineCount.toLocaleString('en')} ${lineCount === 1 ? 'line matches' : 'lines match'}`;
  return metrics.length > 1 ? `${lines}, ${metrics.length} metrics.` : `${lines}.`;
}

function MetricView({ metric }: { readonly metric: TriedMetric }) {
  const { key, count, first, last, min, max } = metric;
  const { lines, dots } = sparkOf(metric, sparkWidth, sparkHeight);
  const range = `${formatNumber(min)} to ${formatNumber(max)}`;
  return (
    <div class="tried">
      <div class="tried-name">
        <strong>{key}</strong>
        <span class="muted">
          {count.toLocaleString('en')} {count === 1 ? 'value' : 'values'}
        </span>
      </div>
      {count > 0 && (
        <>
          <svg
            class="spark"
            role="img"
            aria-label={`${key}: ${count} values, ${range}, last ${formatNumber(last)}`}
            viewBox={`-3 -3 ${sparkWidth + 6} ${sparkHeight + 6}`}
            preserveAspectRatio="none"
          >
            {lines.map((points) => (
              <polyline key={points} points={points} />
            ))}
            {dots.map(({ x, y }, at) => (
              <circle key={`${at} ${x}`} cx={x} cy={y} r="2.5" />
            ))}
          </svg>
          <div class="muted tried-range">
            {formatNumber(first)} → {formatNumber(last)}, {range}
          </div>
        </>
      )}
    </div>
  );
}
