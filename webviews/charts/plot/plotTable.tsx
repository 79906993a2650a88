import type { ComponentChild } from 'preact';

interface PlotTableProps {
  readonly label: string;
  readonly head: readonly string[];
  readonly rows: readonly {
    readonly key: string;
    readonly name: ComponentChild;
    readonly cells: readonly string[];
  }[];
  readonly note?: string | undefined;
}

/** Nobody reads more, and a page with many open tables stays quick; the CSV has all. */
const maxRows = 500;

/** The figures of a chart, for those who cannot see it or want them exact. */
export function PlotTable({ label, head, rows, note }: PlotTableProps) {
  const cut =
    rows.length > maxRows ? `The first ${maxRows} of ${rows.length}; the CSV has all.` : undefined;
  const notes = [cut, note].filter(Boolean).join(' ');
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
    <section class="table-scroll" tabIndex={0} aria-label={label}>
      <table>
        {notes !== '' && <caption class="muted">{notes}</caption>}
        <thead>
          <tr>
            {head.map((text, at) => (
              <th key={text} scope="col" class={at === 0 ? 'row-name' : ''} title={text}>
                {text}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, maxRows).map(({ key, name, cells }) => (
            <tr key={key}>
              <th scope="row" class="row-name">
                {name}
              </th>
              {cells.map((cell, at) => (
                <td key={head[at + 1]}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
