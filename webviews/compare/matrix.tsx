import { useState } from 'preact/hooks';
import type { ComparedCell, ComparedRow } from '../../src/core/compare/comparedRow';
import { runLetter } from '../../src/core/compare/summarizeChanges';
import type { Run } from '../../src/core/run/run';
import { runName } from '../../src/core/run/runName';
import { changeMark } from './changeKeys';

interface MatrixProps {
  readonly title: string;
  readonly rows: readonly ComparedRow[];
  /** Those of the columns, the base first, with the place of each among all runs. */
  readonly runs: readonly { readonly run: Run; readonly index: number }[];
  /** How many rows are left out because they are the same. */
  readonly hidden: number;
  readonly onShowAll: () => void;
}

/** Enough for what one reads at a time; the rest comes on demand. */
const firstRows = 60;

/** One thing a row, one run a column. */
export function Matrix({ title, rows, runs, hidden, onShowAll }: MatrixProps) {
  const [limit, setLimit] = useState(firstRows);
  const shown = rows.slice(0, limit);
  const more = Math.min(rows.length - limit, 10 * firstRows);
  return (
    <>
      <table class="matrix" aria-label={title}>
        <colgroup>
          <col class="label-column" />
          {runs.map(({ run }) => (
            <col key={run.id} />
          ))}
        </colgroup>
        <thead class="visually-hidden">
          <tr>
            <th scope="col">Name</th>
            {runs.map(({ run, index }) => (
              <th key={run.id} scope="col">
                {runLetter(index)} {runName(run)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {shown.map((row) => (
            <Row key={row.label} row={row} />
          ))}
        </tbody>
      </table>
      {(more > 0 || hidden > 0) && (
        <p class="below muted">
          {more > 0 && (
            <button type="button" class="plain-button link" onClick={() => setLimit(limit + more)}>
              Show {more.toLocaleString('en')} more of {(rows.length - limit).toLocaleString('en')}{' '}
              rows
            </button>
          )}
          {hidden > 0 && (
            <button type="button" class="plain-button link" onClick={onShowAll}>
              Show {hidden.toLocaleString('en')} that {hidden === 1 ? 'is' : 'are'} the same
            </button>
          )}
        </p>
      )}
    </>
  );
}

function Row({ row }: { readonly row: ComparedRow }) {
  return (
    <tr {...(row.differs ? { ...changeMark, class: 'differs' } : {})}>
      <th scope="row" class="label">
        <span class="label-text">{row.label}</span>
        {row.differs && (
          <span class="unequal" title="These runs differ here">
            ≠<span class="visually-hidden"> differs</span>
          </span>
        )}
      </th>
      {row.cells.map((cell, index) => (
        <td key={index} class={`cell ${cell.change}`}>
          <CellContent cell={cell} />
        </td>
      ))}
    </tr>
  );
}

const missingWords = { base: 'none', same: 'none', removed: 'removed', added: '', changed: '' };

function CellContent({ cell }: { readonly cell: ComparedCell }) {
  const { text, detail, delta, change, spans } = cell;
  const { arrow, verdict } = delta ?? {};
  return (
    <>
      {text === '' ? (
        <span class="muted">{missingWords[change] || 'none'}</span>
      ) : (
        <span class="value">
          {spans?.map((span, index) =>
            span.changed ? (
              <mark key={index} class="word">
                {span.text}
              </mark>
            ) : (
              span.text
            ),
          ) ?? text}
        </span>
      )}
      {change === 'added' && <span class="word-added">added</span>}
      {delta !== undefined && (
        <span class={`delta ${verdict ?? ''}`}>
          {arrow !== undefined && (
            <span class="arrow" aria-hidden="true">
              {arrow}{' '}
            </span>
          )}
          {delta.text}
          {verdict === undefined ? '' : ` ${verdict}`}
        </span>
      )}
      {detail !== undefined && <span class="detail muted">{detail}</span>}
    </>
  );
}
