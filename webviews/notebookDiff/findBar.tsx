import { useEffect, useRef } from 'preact/hooks';
import { Icon } from '../shared/icon';
import type { Find } from './useFind';

export function FindBar({ find }: { readonly find: Find }) {
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    field.current?.focus();
    field.current?.select();
  }, []);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') find.close();
    else if (event.key === 'Enter') find.go(event.shiftKey ? -1 : 1);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <search class="find-bar" aria-label="Find in diff" onKeyDown={onKeyDown}>
      <input
        ref={field}
        type="text"
        class="find-field"
        aria-label="Find in sources and outputs"
        placeholder="Find in sources and outputs"
        value={find.text}
        onInput={(event) => find.setText(event.currentTarget.value)}
      />
      <span class="find-count" role="status">
        {countText(find)}
      </span>
      <button
        type="button"
        class="plain-button"
        aria-pressed={find.matchCase}
        title="Match case"
        aria-label="Match case"
        onClick={() => find.setMatchCase(!find.matchCase)}
      >
        Aa
      </button>
      <FindButton title="Previous match (Shift+Enter)" icon="up" onClick={() => find.go(-1)} />
      <FindButton title="Next match (Enter)" icon="down" onClick={() => find.go(1)} />
      <FindButton title="Close (Escape)" icon="close" onClick={find.close} />
    </search>
  );
}

interface FindButtonProps {
  readonly title: string;
  readonly icon: 'up' | 'down' | 'close';
  readonly onClick: () => void;
}

function FindButton({ title, icon, onClick }: FindButtonProps) {
  return (
    <button type="button" class="plain-button" title={title} aria-label={title} onClick={onClick}>
      <Icon name={icon} />
    </button>
  );
}

function countText({ text, result, at }: Find): string {
  if (text === '') return '';
  if (result === undefined) return 'Searching…';
  const { length } = result.matches;
  if (length === 0) return 'No results';
  return `${(at ?? 0) + 1} of ${length.toLocaleString('en')}${result.more ? '+' : ''}`;
}
