import type { XAxisKind } from '../../../../src/core/chart/xAxis';
import type { Axes, ChartBand, ChartLine } from '../../../shared/chart/chartLine';
import { padRange, type Range, xRangeOf, yRangeOf } from '../../../shared/chart/chartRange';
import { drawChart } from '../../../shared/chart/drawChart';
import { lineConfig } from '../../../shared/chart/lineConfig';
import { readTheme } from '../../../shared/theme';
import type { Picture } from '../../cardContext';

interface Shown {
  readonly lines: readonly ChartLine[];
  readonly bands: readonly ChartBand[];
  readonly axes: Axes;
  readonly xAxis: XAxisKind;
  readonly range: Range | undefined;
}

/** The chart as it is shown, to be drawn elsewhere. */
export function linePicture({ lines, bands, axes, xAxis, range }: Shown): Picture {
  return {
    legend: lines.map(({ name, style }) => ({ name, style })),
    draw(target, widthPx, heightPx) {
      const all = xRangeOf(lines, bands, axes.isLogX);
      const x =
        range ?? (all === undefined || all.min === all.max ? padRange(all, axes.isLogX, 0.5) : all);
      const y = padRange(yRangeOf(lines, bands, axes, x), axes.isLogY, 0.05);
      const theme = readTheme();
      const picture = { lines, bands, axes, x, y, theme, xAxis, highlighted: undefined };
      drawChart(
        lineConfig(() => picture),
        target,
        widthPx,
        heightPx,
      );
    },
  };
}
