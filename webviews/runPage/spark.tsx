import type { RunSeries } from '../../src/protocol/runPage';

const widthPx = 96;
const heightPx = 20;

/** The course of a metric in a word's space; said in the cells beside it, so it has no name of its own. */
export function Spark({ series }: { readonly series: RunSeries | undefined }) {
  if (series === undefined) return <span class="spark" />;
  const lines = sparkLines(series);
  return (
    <svg
      class="spark"
      width={widthPx}
      height={heightPx}
      viewBox={`-1 -1 ${widthPx + 2} ${heightPx + 2}`}
      aria-hidden="true"
    >
      {lines.map((points) =>
        points.includes(' ') ? (
          <polyline key={points} points={points} />
        ) : (
          <circle key={points} cx={points.split(',')[0]} cy={points.split(',')[1]} r="1.5" />
        ),
      )}
    </svg>
  );
}

/** One `points` text for each stretch without a gap: NaN and infinite values are gaps. */
export function sparkLines({ steps, values }: Pick<RunSeries, 'steps' | 'values'>): string[] {
  const grows = steps.every((step, at) => at === 0 || step > (steps[at - 1] ?? Number.NaN));
  const xs = grows && !Number.isNaN(steps[0]) ? steps : values.map((_, at) => at);
  const finite = values.filter(Number.isFinite);
  const low = finite.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY);
  const high = finite.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY);
  const left = xs[0] ?? 0;
  const width = (xs.at(-1) ?? 0) - left || 1;
  const lines: string[][] = [[]];
  for (let at = 0; at < values.length; at++) {
    const value = values[at] ?? Number.NaN;
    if (!Number.isFinite(value)) {
      lines.push([]);
      continue;
    }
    const x = (((xs[at] ?? 0) - left) / width) * widthPx;
    const y = high === low ? heightPx / 2 : heightPx * (1 - (value - low) / (high - low));
    lines.at(-1)?.push(`${x.toFixed(1)},${y.toFixed(1)}`);
  }
  return lines.filter((line) => line.length > 0).map((line) => line.join(' '));
}
