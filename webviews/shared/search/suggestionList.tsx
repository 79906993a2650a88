// biome-ignore-all lint/a11y/useFocusableInteractive: the field holds the focus (aria-activedescendant).
// biome-ignore-all lint/a11y/useKeyWithClickEvents: its keys are those of the field.
// biome-ignore-all lint/a11y/useSemanticElements: a <select> cannot stand under a field.
import { useLayoutEffect, useRef } from 'preact/hooks';
import { Icon, type IconName } from '../icon';
import type { ListEntry } from './searchInput';

interface SuggestionListProps {
  readonly id: string;
  readonly entries: readonly ListEntry[];
  readonly active: number | undefined;
  readonly tabTakesFirst: boolean;
  readonly onChoose: (entry: ListEntry) => void;
}

const icons: Readonly<Record<ListEntry['kind'], IconName>> = {
  metric: 'chart',
  param: 'param',
  tag: 'tag',
  attribute: 'note',
  function: 'function',
  operator: 'same',
  keyword: 'keyword',
  value: 'value',
  recent: 'history',
};

export function optionId(listId: string, index: number): string {
  return `${listId}-${index}`;
}

/** What can be written at the cursor; its owner holds the focus and the keys. */
export function SuggestionList(props: SuggestionListProps) {
  const { id, entries, active, tabTakesFirst, onChoose } = props;
  const list = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const option = active === undefined ? undefined : list.current?.children[active];
    option?.scrollIntoView({ block: 'nearest' });
  }, [active, entries]);
  return (
    <div
      ref={list}
      id={id}
      role="listbox"
      aria-label="Completions"
      class="search-list"
      // The focus stays in the field.
      onMouseDown={(event) => event.preventDefault()}
    >
      {entries.map((entry, index) => (
        <div
          key={`${entry.kind} ${entry.label}`}
          id={optionId(id, index)}
          role="option"
          aria-selected={index === active}
          class="search-option"
          onClick={() => onChoose(entry)}
        >
          <Icon name={icons[entry.kind]} class={`kind-${entry.kind}`} />
          <span class="search-option-label">{entry.label}</span>
          {tabTakesFirst && index === 0 && <kbd>Tab</kbd>}
          <span class="search-option-kind">{entry.kind}</span>
        </div>
      ))}
    </div>
  );
}
