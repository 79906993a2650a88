import type { ChartKind, ChartSpec } from '../../src/core/chart/chartSpec';
import type { CardKind } from './cardContext';
import { barsKind } from './cards/bars/barsKind';
import { confusionKind } from './cards/confusion/confusionKind';
import { histogramKind } from './cards/histogram/histogramKind';
import { imagesKind } from './cards/images/imagesKind';
import { importanceKind } from './cards/importance/importanceKind';
import { lineKind } from './cards/line/lineKind';
import { parallelKind } from './cards/parallel/parallelKind';
import { scatterKind } from './cards/scatter/scatterKind';

/** A kind whose specification is known only when it runs. */
export type AnyCardKind = CardKind<ChartKind>;

/** Every kind of chart, in the order of the dialog that adds one. */
const kinds = [
  lineKind,
  scatterKind,
  barsKind,
  histogramKind,
  parallelKind,
  importanceKind,
  confusionKind,
  imagesKind,
] as const;

// SAFETY: a kind is only ever given specifications of its own name, by `kindOf`.
export const cardKinds = kinds as unknown as readonly AnyCardKind[];

/** The kind of a chart; undefined for one that this version does not draw. */
export function kindOf(spec: ChartSpec): AnyCardKind | undefined {
  return cardKinds.find(({ kind }) => kind === spec.kind);
}

export function titleOf(spec: ChartSpec): string {
  return spec.title ?? kindOf(spec)?.titleOf(spec) ?? spec.kind;
}
