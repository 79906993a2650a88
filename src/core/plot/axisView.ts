import type { Brush } from './brush';

/** How one axis of several is shown, and what of it is chosen. */
export interface AxisView {
  /** Left out, what shows the values better. */
  readonly scale?: 'linear' | 'log';
  /** Its highest value stands below. */
  readonly isInverted?: boolean;
  readonly brush?: Brush;
}

/** By field, as in a search; an axis that is not named is shown as it comes. */
export type AxisViews = Readonly<Record<string, AxisView>>;

/** The views with some of one axis changed; undefined takes a part of it back. */
export function changeAxisView(
  views: AxisViews,
  field: string,
  change: { readonly [K in keyof AxisView]?: AxisView[K] | undefined },
): AxisViews {
  const { [field]: before, ...others } = views;
  const { scale, isInverted, brush } = { ...before, ...change };
  const view = axisView(scale, isInverted, brush);
  return view === undefined ? others : { ...others, [field]: view };
}

export function withoutBrushes(views: AxisViews): AxisViews {
  return Object.keys(views).reduce(
    (left, field) => changeAxisView(left, field, { brush: undefined }),
    views,
  );
}

/** Reads what somebody kept or shared; what makes no sense is left out. */
export function parseAxisViews(value: unknown): AxisViews | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  return Object.fromEntries(
    Object.entries(value).flatMap(([field, given]) => {
      if (typeof given !== 'object' || given === null) return [];
      // SAFETY: any object can be read by name; each part is checked here.
      const { scale, isInverted, brush } = given as Readonly<Record<string, unknown>>;
      const view = axisView(
        scale === 'linear' || scale === 'log' ? scale : undefined,
        isInverted === true,
        parseBrush(brush),
      );
      return view === undefined ? [] : [[field, view]];
    }),
  );
}

function axisView(
  scale: AxisView['scale'],
  isInverted: boolean | undefined,
  brush: Brush | undefined,
): AxisView | undefined {
  const view: AxisView = {
    ...(scale === undefined ? {} : { scale }),
    ...(isInverted === true ? { isInverted } : {}),
    ...(brush === undefined ? {} : { brush }),
  };
  return Object.keys(view).length === 0 ? undefined : view;
}

function parseBrush(value: unknown): Brush | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  // SAFETY: as above.
  const { kind, from, to, texts } = value as Readonly<Record<string, unknown>>;
  if (kind === 'range' && typeof from === 'number' && typeof to === 'number') {
    return { kind, from, to };
  }
  return kind === 'texts' && Array.isArray(texts)
    ? { kind, texts: texts.filter((text) => typeof text === 'string') }
    : undefined;
}
