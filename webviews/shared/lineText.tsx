import { useMemo, useState } from 'preact/hooks';
import type { WordSpan } from '../../src/core/notebook/wordSpans';
import type { Token } from '../../src/core/python/highlightPython';
import { cutSegments, lineSegments, maxLineChars } from './lineSegments';

interface LineTextProps {
  readonly text: string;
  readonly tokens: readonly Token[];
  readonly spans: readonly WordSpan[] | undefined;
}

/** One line with its colours and marks; of a very long one the part around its first change. */
export function LineText({ text, tokens, spans }: LineTextProps) {
  const [limit, setLimit] = useState(maxLineChars);
  const { segments, before, after } = useMemo(
    () => cutSegments(lineSegments(text, tokens, spans), limit),
    [text, tokens, spans, limit],
  );
  return (
    <>
      {before > 0 && <span class="muted">… {before.toLocaleString('en')} characters … </span>}
      {segments.map(({ text: piece, token, changed }, index) =>
        token === undefined && !changed ? (
          piece
        ) : (
          <span
            key={index}
            class={`${token === undefined ? '' : `token-${token}`} ${changed ? 'part' : ''}`}
          >
            {piece}
          </span>
        ),
      )}
      {after > 0 && (
        <button type="button" class="plain-button muted" onClick={() => setLimit(limit * 10)}>
          … {after.toLocaleString('en')} more characters
        </button>
      )}
    </>
  );
}
