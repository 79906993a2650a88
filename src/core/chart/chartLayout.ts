import type { ChartSpec } from './chartSpec';
import { parseChartSpec } from './parseChartSpec';

/** How charts are arranged on a page: what was changed from how they come by themselves. */
export interface ChartLayout {
  /** How many charts stand side by side; `auto` as many as there is room for. */
  readonly columns: 'auto' | 1 | 2 | 3;
  /** Of a chart that has no height of its own. */
  readonly heightPx: number;
  /** Charts that the user made, and those that came by themselves and were edited. */
  readonly own: readonly OwnCard[];
  /** Ids in the user's order; cards that are not named follow as they come. */
  readonly order: readonly string[];
  readonly hidden: readonly string[];
  readonly sizes: Readonly<Record<string, CardSize>>;
  readonly closedSections: readonly string[];
}

export interface OwnCard {
  readonly id: string;
  readonly spec: ChartSpec;
  /** Undefined for the section that its kind belongs to. */
  readonly section?: string;
}

export interface CardSize {
  /** How many columns it takes, as far as there are so many. */
  readonly span: 1 | 2 | 3;
  readonly heightPx?: number;
}

/** A card on the page. */
export interface Card {
  readonly id: string;
  readonly spec: ChartSpec;
  readonly section: string;
}

export const defaultLayout: ChartLayout = {
  columns: 'auto',
  heightPx: 240,
  own: [],
  order: [],
  hidden: [],
  sizes: {},
  closedSections: [],
};

export const chartHeightPx = { min: 120, max: 900 } as const;

/** All cards in their order, hidden ones too: those of the page's metrics, then the user's own. */
export function arrangeCards(automatic: readonly Card[], layout: ChartLayout): readonly Card[] {
  const own = new Map(layout.own.map((card) => [card.id, card]));
  const cards = automatic.map((card) => {
    const edited = own.get(card.id);
    own.delete(card.id);
    return edited === undefined ? card : { ...card, ...edited };
  });
  for (const card of own.values()) cards.push({ section: addedSection, ...card });
  const places = new Map(layout.order.map((id, place) => [id, place]));
  const placeOf = ({ id }: Card) => places.get(id) ?? Number.POSITIVE_INFINITY;
  return cards.toSorted((a, b) => {
    const before = placeOf(a);
    const after = placeOf(b);
    return before === after ? 0 : before - after;
  });
}

export const addedSection = 'Added';

/** Moves a card before or behind the next one of its section that is shown. */
export function moveCard(
  layout: ChartLayout,
  cards: readonly Card[],
  id: string,
  by: -1 | 1,
): ChartLayout {
  const index = cards.findIndex((card) => card.id === id);
  const card = cards[index];
  if (card === undefined) return layout;
  let other = index + by;
  const isPassed = (each: Card | undefined) =>
    each !== undefined && (each.section !== card.section || layout.hidden.includes(each.id));
  while (isPassed(cards[other])) other += by;
  return placeCard(layout, cards, id, cards[other]?.id);
}

/** Moves a card to the place of another one of its section; those between move up or down. */
export function placeCard(
  layout: ChartLayout,
  cards: readonly Card[],
  id: string,
  otherId: string | undefined,
): ChartLayout {
  const index = cards.findIndex((card) => card.id === id);
  const other = cards.findIndex((card) => card.id === otherId);
  if (index === other || cards[index]?.section !== cards[other]?.section) return layout;
  const order = cards.map((card) => card.id);
  order.splice(index, 1);
  order.splice(other, 0, id);
  return { ...layout, order };
}

/** Takes the user's own card away, or hides one that came by itself. */
export function removeCard(layout: ChartLayout, id: string, isAutomatic: boolean): ChartLayout {
  const sizes = { ...layout.sizes };
  delete sizes[id];
  return isAutomatic
    ? { ...layout, hidden: [...layout.hidden.filter((other) => other !== id), id] }
    : {
        ...layout,
        own: layout.own.filter((card) => card.id !== id),
        order: layout.order.filter((other) => other !== id),
        sizes,
      };
}

/** Puts a card in, in the place of the one with its id if there is one. */
export function putCard(layout: ChartLayout, card: OwnCard): ChartLayout {
  const own = layout.own.some((other) => other.id === card.id)
    ? layout.own.map((other) => (other.id === card.id ? card : other))
    : [...layout.own, card];
  return { ...layout, own, hidden: layout.hidden.filter((id) => id !== card.id) };
}

/** Reads what a page kept or somebody shared; what makes no sense is as by default. */
export function parseLayout(value: unknown): ChartLayout {
  if (typeof value !== 'object' || value === null) return defaultLayout;
  // SAFETY: any object can be read by name; each field is checked below.
  const given = value as Readonly<Record<string, unknown>>;
  const { columns, heightPx, own, sizes } = given;
  return {
    columns: columns === 1 || columns === 2 || columns === 3 ? columns : 'auto',
    heightPx: readHeight(heightPx) ?? defaultLayout.heightPx,
    own: Array.isArray(own) ? own.flatMap(readOwn) : [],
    order: texts(given.order),
    hidden: texts(given.hidden),
    sizes: Object.fromEntries(
      Object.entries(typeof sizes === 'object' && sizes !== null ? sizes : {}).flatMap(readSize),
    ),
    closedSections: texts(given.closedSections),
  };
}

function readOwn(value: unknown): readonly OwnCard[] {
  if (typeof value !== 'object' || value === null) return [];
  // SAFETY: as above.
  const { id, spec, section } = value as Readonly<Record<string, unknown>>;
  const parsed = parseChartSpec(spec);
  if (typeof id !== 'string' || parsed === undefined) return [];
  return [{ id, spec: parsed, ...(typeof section === 'string' ? { section } : {}) }];
}

function readSize([id, value]: readonly [string, unknown]): readonly (readonly [
  string,
  CardSize,
])[] {
  if (typeof value !== 'object' || value === null) return [];
  // SAFETY: as above.
  const { span, heightPx } = value as Readonly<Record<string, unknown>>;
  const height = readHeight(heightPx);
  return [
    [
      id,
      {
        span: span === 2 || span === 3 ? span : 1,
        ...(height === undefined ? {} : { heightPx: height }),
      },
    ],
  ];
}

function readHeight(value: unknown): number | undefined {
  if (typeof value !== 'number' || !Number.isFinite(value)) return undefined;
  return Math.min(chartHeightPx.max, Math.max(chartHeightPx.min, value));
}

function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}
