import { useEffect, useMemo, useRef } from 'preact/hooks';
import type { SearchVocabulary } from '../../../src/core/search/suggestSearch';
import { searchExamples } from './searchExamples';

interface SearchHelpProps {
  readonly vocabulary: SearchVocabulary;
  readonly onChoose: (text: string) => void;
  readonly onClose: () => void;
}

/** Teaches the grammar by examples; a click writes one into the field. */
export function SearchHelp({ vocabulary, onChoose, onClose }: SearchHelpProps) {
  const examples = useMemo(() => searchExamples(vocabulary), [vocabulary]);
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => list.current?.querySelector('button')?.focus(), []);
  return (
    <div
      role="dialog"
      aria-label="How to search"
      class="search-help"
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.preventDefault();
        event.stopPropagation();
        onClose();
      }}
    >
      <p>
        Words are looked for in names, notes, tags, commands and code. Conditions are joined by{' '}
        <code>AND</code>, <code>OR</code>, <code>NOT</code> and parentheses. MLflow's filters work
        as they are.
      </p>
      <ul ref={list}>
        {examples.map(({ text, meaning }) => (
          <li key={text}>
            <button type="button" class="search-example" onClick={() => onChoose(text)}>
              <code>{text}</code>
              <span class="muted">{meaning}</span>
            </button>
          </li>
        ))}
      </ul>
      <p class="muted">
        <kbd>Ctrl</kbd>+<kbd>Space</kbd> completes, <kbd>Enter</kbd> or <kbd>Tab</kbd> takes,{' '}
        <kbd>↑</kbd> in the empty field goes back to earlier searches.
      </p>
    </div>
  );
}
