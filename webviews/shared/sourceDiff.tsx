import { useState } from 'preact/hooks';
import { type LineParts, lineParts, type SourceLine, type SourceRow } from './sourceRows';

interface SourceDiffProps {
  readonly rows: readonly SourceRow[];
  readonly label: string;
}

/** Enough for any cell that a person wrote; the rest comes on demand. */
const firstRows = 300;

/** Two texts side by side, each change marked by a sign and a colour. */
export function SourceDiff({ rows, label }: SourceDiffProps) {
  const [opened, setOpened] = useState<ReadonlySet<SourceRow>>(new Set());
  const [limit, setLimit] = useState(firstRows);
  const all = rows.flatMap((row) => (row.kind === 'fold' && opened.has(row) ? row.rows : [row]));
  return (
    <table class="source-diff mono" aria-label={label}>
      <colgroup>
        <col class="gutter" />
        <col />
        <col class="gutter" />
        <col />
      </colgroup>
      <tbody>
        {all.slice(0, limit).map((row) =>
          row.kind === 'fold' ? (
            <tr key={row} class="fold">
              <td colSpan={4}>
                <FoldText row={row} onOpen={() => setOpened(new Set([...opened, row]))} />
              </td>
            </tr>
          ) : (
            <LineRow key={row} row={row} />
          ),
        )}
        {all.length > limit && (
          <tr class="fold">
            <td colSpan={4}>
              <button
                type="button"
                class="plain-button"
                onClick={() => setLimit(Math.min(all.length, limit * 10))}
              >
                Show {Math.min(all.length, limit * 10) - limit} more of{' '}
                {(all.length - limit).toLocaleString('en')} lines
              </button>
            </td>
          </tr>
        )}
      </tbody>
    </table>
  );
}

interface FoldTextProps {
  readonly row: SourceRow & { readonly kind: 'fold' };
  readonly onOpen: () => void;
}

function FoldText({ row, onOpen }: FoldTextProps) {
  const text = `${row.count} unchanged ${row.count === 1 ? 'line' : 'lines'}`;
  return row.rows.length === 0 ? (
    <span class="fold-text">⋯ {text}</span>
  ) : (
    <button type="button" class="plain-button" onClick={onOpen}>
      ⋯ {text}
    </button>
  );
}

function LineRow({ row }: { readonly row: Exclude<SourceRow, { kind: 'fold' }> }) {
  if (row.kind === 'same') {
    return (
      <tr>
        <Side line={row.old} sign="" />
        <Side line={row.new} sign="" />
      </tr>
    );
  }
  const parts =
    row.old === undefined || row.new === undefined
      ? undefined
      : lineParts(row.old.text, row.new.text);
  return (
    <tr>
      <Side line={row.old} sign="−" parts={parts?.[0]} />
      <Side line={row.new} sign="+" parts={parts?.[1]} />
    </tr>
  );
}

interface SideProps {
  readonly line: SourceLine | undefined;
  readonly sign: '' | '−' | '+';
  readonly parts?: LineParts | undefined;
}

function Side({ line, sign, parts }: SideProps) {
  const mark = sign === '−' ? 'removed' : sign === '+' ? 'added' : '';
  if (line === undefined) {
    return (
      <>
        <td class="line-number nothing" />
        <td class="line nothing" />
      </>
    );
  }
  return (
    <>
      <td class={`line-number ${mark}`}>
        {line.number}
        <span class="sign">{sign}</span>
      </td>
      <td class={`line ${mark}`}>
        {parts === undefined ? (
          line.text
        ) : (
          <>
            {parts.start}
            <span class="part">{parts.changed}</span>
            {parts.end}
          </>
        )}
      </td>
    </>
  );
}
