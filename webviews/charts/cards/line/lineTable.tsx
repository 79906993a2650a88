import type { LineSpec } from '../../../../src/core/chart/chartSpec';
import { formatNumber } from '../../../../src/core/format/formatNumber';
import { axisNames, formatPlace } from '../../../shared/chart/timeAxis';
import type { CardProps } from '../../cardContext';
import { PlotLoading } from '../../plot/plotState';
import { toTableRows } from './toTableRows';
import { useLineModel } from './useLineModel';

/** Nobody reads more; a page with many open tables stays quick. */
const maxRows = 300;
/** More columns than that no screen reader goes through; the CSV has them all. */
const maxColumns = 50;

/** The points of a chart for those who cannot see it, or who want the figures. */
export function LineTable({ spec, context }: CardProps<LineSpec>) {
  const { read, model, xAxis } = useLineModel(spec, context);
  if (read === undefined) return <PlotLoading heightPx={160} />;
  const all = model.lines;
  const lines = all.slice(0, maxColumns);
  const { rows, all: rowCount } = toTableRows(lines, maxRows);
  const isThinned =
    rows.length < rowCount || read.some(({ series }) => series.pointCount > series.values.length);
  const notes = [
    ...(isThinned ? [`Thinned: ${rows.length} places of the series.`] : []),
    ...(all.length > lines.length ? [`The first ${lines.length} of ${all.length} lines.`] : []),
  ];
  const isPlain = xAxis === 'step' || xAxis === 'epoch';
  return (
    <section
      class="table-scroll"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
      tabIndex={0}
      aria-label={`Points of ${spec.title ?? spec.metrics.join(', ')}`}
    >
      <table>
        {notes.length > 0 && <caption class="muted">{notes.join(' ')} The CSV has all.</caption>}
        <thead>
          <tr>
            <th scope="col">{axisNames[xAxis]}</th>
            {lines.map((line) => (
              <th key={line.id} scope="col" title={line.name}>
                {line.shortName ?? line.name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ x, values }) => (
            <tr key={x}>
              <th scope="row">{isPlain ? formatNumber(x) : formatPlace(xAxis, x)}</th>
              {values.map((value, index) => (
                <td key={lines[index]?.id}>{value === undefined ? '' : formatNumber(value)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
