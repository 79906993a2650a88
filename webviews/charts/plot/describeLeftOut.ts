import type { ColumnAxis } from '../../../src/core/plot/columnAxis';

/** Which runs a chart does not show, and why; undefined where it shows all. */
export function describeLeftOut(
  runCount: number,
  drawnCount: number,
  axes: readonly ColumnAxis[],
): string | undefined {
  if (drawnCount === runCount) return undefined;
  const reasons = axes.flatMap(({ title, isLog, absentCount, undrawnCount }) => [
    ...(absentCount > 0 ? [`${absentCount} without ${title}`] : []),
    ...(undrawnCount > 0
      ? [`${undrawnCount} whose ${title} is NaN or infinite${isLog ? ', or not above 0' : ''}`]
      : []),
  ]);
  return `${runCount - drawnCount} of ${runCount} runs not drawn: ${reasons.join(', ')}.`;
}
