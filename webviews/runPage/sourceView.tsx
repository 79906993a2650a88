import { useMemo, useState } from 'preact/hooks';
import { highlightPython, type Token } from '../../src/core/python/highlightPython';
import type { ShownText } from '../../src/protocol/runPage';
import { LineText } from '../shared/lineText';

interface SourceViewProps {
  readonly shown: ShownText;
  readonly language: 'python' | 'diff';
  readonly label: string;
}

const firstLines = 300;
const noTokens: readonly (readonly Token[])[] = [];

/** Code with its colours and line numbers; of a long one the first lines, the others on demand. */
export function SourceView({ shown, language, label }: SourceViewProps) {
  const [limit, setLimit] = useState(firstLines);
  const { text, leftOutChars } = shown;
  const lines = useMemo(() => text.replace(/\n$/, '').split(/\r?\n/), [text]);
  const tokens = useMemo(
    () => (language === 'python' ? highlightPython(text) : noTokens),
    [text, language],
  );
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard.
    <section class="source mono" aria-label={label} tabIndex={0}>
      {lines.slice(0, limit).map((line, index) => (
        <div key={index} class={`source-line ${language === 'diff' ? diffClass(line) : ''}`}>
          {language === 'python' && (
            <span class="source-number" aria-hidden="true">
              {index + 1}
            </span>
          )}
          <span class="source-text">
            <LineText text={line} tokens={tokens[index] ?? []} spans={undefined} />
          </span>
        </div>
      ))}
      {lines.length > limit && (
        <button type="button" class="plain-button link" onClick={() => setLimit(limit * 10)}>
          Show {(lines.length - limit).toLocaleString('en')} more lines
        </button>
      )}
      {leftOutChars > 0 && lines.length <= limit && (
        <div class="muted">
          … {leftOutChars.toLocaleString('en')} more characters; open it to see all.
        </div>
      )}
    </section>
  );
}

function diffClass(line: string): string {
  if (/^(?:\+\+\+|---|diff |index )/.test(line)) return 'diff-file';
  if (line.startsWith('@@')) return 'diff-place';
  return line.startsWith('+') ? 'diff-added' : line.startsWith('-') ? 'diff-removed' : '';
}
