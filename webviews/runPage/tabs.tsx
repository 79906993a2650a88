import { useRef } from 'preact/hooks';
import type { RunSection } from '../../src/protocol/runPage';
import type { ShownSection } from './state';

interface TabsProps {
  readonly sections: readonly ShownSection[];
  readonly selected: RunSection;
  readonly onSelect: (section: RunSection) => void;
}

export const tabId = (section: RunSection): string => `tab-${section}`;

/** The outline of the page: one section at a time, so that each has the room it needs. */
export function Tabs({ sections, selected, onSelect }: TabsProps) {
  const strip = useRef<HTMLDivElement>(null);
  const onKeyDown = (event: KeyboardEvent) => {
    const at = sections.findIndex(({ id }) => id === selected);
    const last = sections.length - 1;
    const moves: Readonly<Record<string, number>> = {
      ArrowRight: at === last ? 0 : at + 1,
      ArrowLeft: at === 0 ? last : at - 1,
      Home: 0,
      End: last,
    };
    const next = sections[moves[event.key] ?? -1];
    if (next === undefined) return;
    event.preventDefault();
    onSelect(next.id);
    strip.current?.querySelector<HTMLElement>(`#${tabId(next.id)}`)?.focus();
  };
  return (
    <div ref={strip} class="tabs" role="tablist" aria-label="Sections" onKeyDown={onKeyDown}>
      {sections.map(({ id, title, count }) => (
        <button
          key={id}
          type="button"
          id={tabId(id)}
          class="tab"
          role="tab"
          aria-selected={id === selected}
          aria-controls="section"
          tabIndex={id === selected ? 0 : -1}
          onClick={() => onSelect(id)}
        >
          {title}
          {count !== undefined && <span class="tab-count">{count.toLocaleString('en')}</span>}
        </button>
      ))}
    </div>
  );
}
