import { formatNumber } from '../../src/core/format/formatNumber';
import { type Plot, toTableRows } from './state';
import { formatSeconds } from './timeAxis';

/** Nobody reads more; a page with many open tables stays quick. */
const maxRows = 300;

interface ChartTableProps {
  readonly plot: Plot;
}

/** The points of a chart for those who cannot see it, or who want the figures. */
export function ChartTable({ plot }: ChartTableProps) {
  const { rows, all } = toTableRows(plot, maxRows);
  const thinned =
    rows.length < all || plot.lines.some((line) => line.pointCount > line.points.length);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
    <section class="table-scroll" tabIndex={0} aria-label={`Points of ${plot.key}`}>
      <table>
        {thinned && <caption class="muted">Thinned: {rows.length} places of the series.</caption>}
        <thead>
          <tr>
            <th scope="col">{plot.xAxis === 'time' ? 'Time' : 'Step'}</th>
            {plot.lines.map((line) => (
              <th key={line.runId} scope="col" title={line.name}>
                {line.name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ x, values }) => (
            <tr key={x}>
              <th scope="row">{plot.xAxis === 'time' ? formatSeconds(x) : formatNumber(x)}</th>
              {values.map((value, index) => (
                <td key={plot.lines[index]?.runId}>
                  {value === undefined ? '' : formatNumber(value)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
