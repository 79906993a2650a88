import { type Axes, type ChartLine, pathOfLine } from '../../../shared/chart/chartLine';

/** What of the points is not on the lines, and why; undefined where all are. */
export function describeUndrawn(lines: readonly ChartLine[], axes: Axes): string | undefined {
  const sums = { nans: 0, infinities: 0, unshown: 0, placeless: 0, resumed: 0 };
  for (const line of lines) {
    const path = pathOfLine(line, axes);
    sums.nans += path.nans.length;
    sums.infinities += path.aboves.length + path.belows.length;
    sums.unshown += path.unshown;
    sums.placeless += path.placeless;
    sums.resumed += path.resumes > 0 ? 1 : 0;
  }
  const said = [
    sums.nans > 0 && `${points(sums.nans)} NaN (×)`,
    sums.infinities > 0 && `${points(sums.infinities)} infinite (▲ ▼)`,
    sums.unshown > 0 && `${points(sums.unshown)} at or below 0, which a log axis cannot show`,
    sums.placeless > 0 && `${points(sums.placeless)} without a place on this axis`,
    sums.resumed > 0 &&
      `${sums.resumed} ${sums.resumed === 1 ? 'run was' : 'runs were'} resumed from an earlier step: what was overwritten is faint`,
  ].filter((part) => part !== false);
  return said.length === 0 ? undefined : `${said.join(' · ')}.`;
}

function points(count: number): string {
  return `${count} ${count === 1 ? 'point is' : 'points are'}`;
}
