import type { ComponentChild } from 'preact';
import { useContext, useEffect, useMemo, useState } from 'preact/hooks';
import { contextLines } from '../../src/core/notebook/view/diffRows';
import type { Cut } from '../../src/core/notebook/view/shownMedium';
import { wordSpans } from '../../src/core/notebook/wordSpans';
import type { Token } from '../../src/core/python/highlightPython';
import { Icon } from '../shared/icon';
import { LineText } from '../shared/lineText';
import type { SourceLine } from '../shared/sourceLine';
import { type DiffLine, foldLines, toInline } from './diffLines';
import { DiffPage } from './pageContext';

interface TextDiffProps {
  readonly label: string;
  readonly lines: readonly DiffLine[];
  /** Where the text is in the diff, for the search. */
  readonly row: number;
  readonly part: 'source' | number;
  /** Leaves out lines far from a change. */
  readonly fold: boolean;
  /** Of each line of the old and of the new text. */
  readonly tokens?: {
    readonly old: readonly (readonly Token[])[];
    readonly new: readonly (readonly Token[])[];
  };
  readonly cut?: Cut | undefined;
  /** Lines of the source can be brought into the notebook, one hunk at a time. */
  readonly canTake?: boolean;
}

/** Enough for any text that a person wrote; the rest comes on demand. */
const firstLines = 300;
/** Lines that one step into a fold shows. */
const stepLines = 10;

/** Two texts, each change marked by a sign and a colour, side by side or one below the other. */
export function TextDiff(props: TextDiffProps) {
  const { label, row, part, fold, tokens, cut, canTake = false } = props;
  const { inline, reveal, target, apply } = useContext(DiffPage);
  const [opened, setOpened] = useState<ReadonlySet<number>>(new Set());
  const [limit, setLimit] = useState(firstLines);
  const lines = useMemo(
    () => (inline ? toInline(props.lines) : props.lines),
    [props.lines, inline],
  );
  const blocks = useMemo(
    () =>
      fold
        ? foldLines(lines, contextLines, opened)
        : [{ kind: 'lines' as const, from: 0, to: lines.length }],
    [lines, opened, fold],
  );
  const open = (from: number, to: number) => {
    const more = new Set(opened);
    for (let at = from; at < to; at += 1) more.add(at);
    setOpened(more);
  };

  // What was found must be seen, be it in a fold or beyond what is drawn.
  useEffect(() => {
    if (reveal === undefined || reveal.row !== row || reveal.part !== part) return;
    const at = lines.findIndex((line) => line[reveal.side]?.number === reveal.line);
    if (at === -1) return;
    if (blocks.some(({ kind, from, to }) => kind === 'fold' && from <= at && at < to)) {
      open(Math.max(0, at - contextLines), Math.min(lines.length, at + contextLines + 1));
    }
    if (at >= limit) setLimit(at + firstLines);
  }, [reveal, lines]);

  // Side by side the columns of all texts stand below each other.
  const takes = target !== undefined && (canTake || !inline);
  const columns = (inline ? 3 : 4) + (takes ? 1 : 0);
  const drawn: ComponentChild[] = [];
  let left = limit;
  let lastHunk: number | undefined;
  for (const { kind, from, to } of blocks) {
    if (left <= 0) break;
    if (kind === 'fold') {
      drawn.push(
        <tr key={`fold${from}`} class="fold">
          <td colSpan={columns}>
            <FoldButtons from={from} to={to} atEnd={to === lines.length} onOpen={open} />
          </td>
        </tr>,
      );
      continue;
    }
    for (let at = from; at < to && left > 0; at += 1, left -= 1) {
      const line = lines[at];
      if (line === undefined) continue;
      const { hunk } = line;
      const startsHunk = hunk !== undefined && hunk !== lastHunk;
      lastHunk = hunk;
      const take = takes && (
        <td class="take">
          {canTake && startsHunk && (
            <button
              type="button"
              class="plain-button"
              title={`Take these lines from the ${target === 'new' ? 'old' : 'new'} side`}
              onClick={() => apply({ what: 'hunk', row, hunk })}
            >
              <Icon name={target === 'new' ? 'right' : 'left'} />
              <span class="visually-hidden">
                Take change {hunk + 1} of this cell from the {target === 'new' ? 'old' : 'new'} side
              </span>
            </button>
          )}
        </td>
      );
      drawn.push(
        inline ? (
          <InlineRow key={at} line={line} place={part} tokens={tokens} take={take} />
        ) : (
          <SplitRow key={at} line={line} place={part} tokens={tokens} take={take} />
        ),
      );
    }
  }
  const hidden =
    blocks.reduce((sum, { kind, from, to }) => sum + (kind === 'lines' ? to - from : 0), 0) - limit;
  const more = Math.min(hidden, limit * 9);
  return (
    <table class={`source-diff mono ${inline ? 'inline' : 'split'}`} aria-label={label}>
      <colgroup>
        <col class="gutter" />
        {inline ? <col class="gutter" /> : <col />}
        {takes && <col class="take-column" />}
        {!inline && <col class="gutter" />}
        <col />
      </colgroup>
      <tbody>
        {drawn}
        {hidden > 0 && (
          <tr class="fold">
            <td colSpan={columns}>
              <button type="button" class="plain-button" onClick={() => setLimit(limit + more)}>
                Show {more.toLocaleString('en')} more of {hidden.toLocaleString('en')} lines
              </button>
            </td>
          </tr>
        )}
        {cut !== undefined && hidden <= 0 && (
          <tr class="fold">
            <td colSpan={columns}>
              <span class="fold-text">
                {(cut.allChars - cut.shownChars).toLocaleString('en')} more characters are not shown
              </span>
            </td>
          </tr>
        )}
      </tbody>
    </table>
  );
}

interface FoldButtonsProps {
  readonly from: number;
  readonly to: number;
  readonly atEnd: boolean;
  readonly onOpen: (from: number, to: number) => void;
}

function FoldButtons({ from, to, atEnd, onOpen }: FoldButtonsProps) {
  const count = to - from;
  const isLong = count > 2 * stepLines;
  return (
    <>
      <button type="button" class="plain-button" onClick={() => onOpen(from, to)}>
        ⋯ {count} unchanged lines
      </button>
      {isLong && from > 0 && (
        <button type="button" class="plain-button" onClick={() => onOpen(from, from + stepLines)}>
          ↓ {stepLines} more below
        </button>
      )}
      {isLong && !atEnd && (
        <button type="button" class="plain-button" onClick={() => onOpen(to - stepLines, to)}>
          ↑ {stepLines} more above
        </button>
      )}
    </>
  );
}

interface RowProps {
  readonly line: DiffLine;
  readonly place: 'source' | number;
  readonly tokens: TextDiffProps['tokens'];
  readonly take: ComponentChild;
}

const noTokens: readonly Token[] = [];

function useSpans({ old, new: fresh, hunk }: DiffLine) {
  return useMemo(
    () => (hunk !== undefined && old && fresh ? wordSpans(old.text, fresh.text) : undefined),
    [old, fresh, hunk],
  );
}

function SplitRow({ line, place, tokens, take }: RowProps) {
  const spans = useSpans(line);
  const { old, new: fresh, hunk } = line;
  const side = (name: 'old' | 'new', text: SourceLine | undefined) => {
    if (text === undefined)
      return [<td class="line-number nothing" />, <td class="line nothing" />];
    const mark = hunk === undefined ? '' : name === 'old' ? 'removed' : 'added';
    return [
      <td class={`line-number ${mark}`}>
        {text.number}
        <Sign mark={mark} />
      </td>,
      <td class={`line ${mark}`} data-at={`${place}:${name}:${text.number}`}>
        <LineText
          text={text.text}
          tokens={tokens?.[name][text.number - 1] ?? noTokens}
          spans={spans?.[name]}
        />
      </td>,
    ];
  };
  return (
    <tr>
      {side('old', old)}
      {take}
      {side('new', fresh)}
    </tr>
  );
}

function InlineRow({ line, place, tokens, take }: RowProps) {
  const { old, new: fresh, hunk } = line;
  const name = fresh === undefined ? 'old' : 'new';
  const text = fresh ?? old;
  if (text === undefined) return undefined;
  const mark = hunk === undefined ? '' : name === 'old' ? 'removed' : 'added';
  return (
    <tr>
      <td class={`line-number ${mark}`}>{old?.number}</td>
      <td class={`line-number ${mark}`}>
        {fresh?.number}
        <Sign mark={mark} />
      </td>
      {take}
      <td class={`line ${mark}`} data-at={`${place}:${name}:${text.number}`}>
        <LineText
          text={text.text}
          tokens={tokens?.[name][text.number - 1] ?? noTokens}
          spans={line.spans}
        />
      </td>
    </tr>
  );
}

function Sign({ mark }: { readonly mark: string }) {
  return <span class="sign">{mark === 'removed' ? '−' : mark === 'added' ? '+' : ''}</span>;
}
