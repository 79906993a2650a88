import { useMemo, useState } from 'preact/hooks';
import { type WordSpan, wordSpans } from '../../src/core/notebook/wordSpans';
import type { Token } from '../../src/core/python/highlightPython';
import { LineText } from './lineText';
import type { SourceLine } from './sourceLine';
import type { SourceRow } from './sourceRows';

interface SourceDiffProps {
  readonly rows: readonly SourceRow[];
  readonly label: string;
  /** Of each line of the old and of the new text, where they are known. */
  readonly tokens?: {
    readonly old: readonly (readonly Token[])[];
    readonly new: readonly (readonly Token[])[];
  };
}

/** Enough for any cell that a person wrote; the rest comes on demand. */
const firstRows = 300;

/** Two texts side by side, each change marked by a sign and a colour. */
export function SourceDiff({ rows, label, tokens }: SourceDiffProps) {
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
            <LineRow key={row} row={row} tokens={tokens} />
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

const noTokens: readonly Token[] = [];

interface LineRowProps {
  readonly row: Exclude<SourceRow, { kind: 'fold' }>;
  readonly tokens: SourceDiffProps['tokens'];
}

function LineRow({ row, tokens }: LineRowProps) {
  const { kind, old, new: fresh } = row;
  const spans = useMemo(
    () => (kind === 'changed' && old && fresh ? wordSpans(old.text, fresh.text) : undefined),
    [kind, old, fresh],
  );
  const isChanged = kind === 'changed';
  return (
    <tr>
      <Side line={old} sign={isChanged ? '−' : ''} spans={spans?.old} tokens={tokens?.old} />
      <Side line={fresh} sign={isChanged ? '+' : ''} spans={spans?.new} tokens={tokens?.new} />
    </tr>
  );
}

interface SideProps {
  readonly line: SourceLine | undefined;
  readonly sign: '' | '−' | '+';
  readonly spans: readonly WordSpan[] | undefined;
  readonly tokens: readonly (readonly Token[])[] | undefined;
}

function Side({ line, sign, spans, tokens }: SideProps) {
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
        <LineText text={line.text} tokens={tokens?.[line.number - 1] ?? noTokens} spans={spans} />
      </td>
    </>
  );
}
