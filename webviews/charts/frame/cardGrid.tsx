import { useCallback, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { bySection } from '../../../src/core/chart/automaticCards';
import { chartColumns } from '../../../src/core/chart/chartColumns';
import {
  type Card,
  type ChartLayout,
  moveCard,
  placeCard,
  putCard,
  removeCard,
} from '../../../src/core/chart/chartLayout';
import type { ChartSpec } from '../../../src/core/chart/chartSpec';
import { firstCards } from '../../../src/core/chart/firstLines';
import { useResize } from '../../shared/useResize';
import type { CardContext } from '../cardContext';
import { titleOf } from '../cardKinds';
import { CardDialog } from './cardDialog';
import { type CardDrag, CardFrame } from './cardFrame';

interface CardGridProps {
  /** In their order, hidden ones too. */
  readonly cards: readonly Card[];
  /** Ids of those that come by themselves. */
  readonly automatic: ReadonlySet<string>;
  readonly layout: ChartLayout;
  readonly onLayout: (layout: ChartLayout) => void;
  readonly filter: string;
  readonly context: Omit<CardContext, 'columnPx'>;
}

/** All cards in their sections. */
export function CardGrid({ cards, automatic, layout, onLayout, filter, ...props }: CardGridProps) {
  const root = useRef<HTMLDivElement>(null);
  const [widthPx, setWidthPx] = useState(0);
  const [edited, setEdited] = useState<Card>();
  const [dragged, setDragged] = useState<Card>();
  // Before the charts are made: none is made for a width that it does not have.
  useLayoutEffect(() => setWidthPx(root.current?.clientWidth ?? 0), []);
  useResize(
    root,
    useCallback(() => setWidthPx(root.current?.clientWidth ?? 0), []),
  );
  const wanted = filter.trim().toLowerCase();
  const shown = cards.filter(
    (card) => !layout.hidden.includes(card.id) && titleOf(card.spec).toLowerCase().includes(wanted),
  );
  const { columns, columnPx } = chartColumns(layout, shown, widthPx);
  const context: CardContext = { ...props.context, columnPx };
  const toggleSection = (section: string, isOpen: boolean) => {
    const others = layout.closedSections.filter((each) => each !== section);
    onLayout({ ...layout, closedSections: isOpen ? others : [...others, section] });
  };
  const drag: CardDrag = {
    dragged,
    onDrag: setDragged,
    onDrop: (onto) => {
      if (dragged !== undefined) onLayout(placeCard(layout, cards, dragged.id, onto.id));
      setDragged(undefined);
    },
  };
  const sections = bySection(shown);
  const setSpec = ({ id, section }: Card, spec: ChartSpec) =>
    onLayout(putCard(layout, { id, spec, section }));
  return (
    <div ref={root} class="sections">
      {(widthPx === 0 ? [] : sections).map(([section, some]) => {
        const isOpen = !layout.closedSections.includes(section);
        return (
          <section key={section} aria-label={section}>
            <h2 class="section-title">
              <button
                type="button"
                class="plain-button"
                aria-expanded={isOpen}
                onClick={() => toggleSection(section, !isOpen)}
              >
                <span class={`twistie ${isOpen ? 'open' : ''}`} aria-hidden="true" />
                {section}
                <span class="muted"> {some.length}</span>
              </button>
            </h2>
            {isOpen && (
              <div
                class="cards"
                style={{ gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))` }}
              >
                {some.map((card) => (
                  <CardFrame
                    key={card.id}
                    card={card}
                    context={context}
                    columns={columns}
                    isFirst={shown.indexOf(card) < firstCards}
                    size={layout.sizes[card.id] ?? { span: 1 }}
                    heightPx={layout.sizes[card.id]?.heightPx ?? layout.heightPx}
                    onEdit={() => setEdited(card)}
                    onSpec={(spec) => setSpec(card, spec)}
                    drag={drag}
                    onMove={(by) => onLayout(moveCard(layout, cards, card.id, by))}
                    onRemove={() => onLayout(removeCard(layout, card.id, automatic.has(card.id)))}
                    onSize={(size) =>
                      onLayout({ ...layout, sizes: { ...layout.sizes, [card.id]: size } })
                    }
                  />
                ))}
              </div>
            )}
          </section>
        );
      })}
      {sections.length === 0 && (
        <p class="muted">
          {wanted === '' ? 'All charts are hidden.' : `No chart is called “${filter.trim()}”.`}
        </p>
      )}
      {edited !== undefined && (
        <CardDialog
          context={context}
          spec={edited.spec}
          onDone={(spec) => setSpec(edited, spec)}
          onClose={() => setEdited(undefined)}
        />
      )}
    </div>
  );
}
