import { type XAxisKind, xAxisKinds } from './xAxis';

/** How lines are drawn, on all charts of a page alike. */
export interface LineView {
  readonly xAxis: XAxisKind;
  readonly isLogX: boolean;
  readonly isLogY: boolean;
  /** Weight of what came before, 0 (none) to 0.999; see `smooth`. */
  readonly smoothing: number;
  /** `experiment`, `params.lr` …; undefined for a line for each run. */
  readonly groupBy?: string;
  /** What is filled around the mean of a group. */
  readonly band: 'deviation' | 'range';
}

export const defaultLineView: LineView = {
  xAxis: 'step',
  isLogX: false,
  isLogY: false,
  smoothing: 0,
  band: 'deviation',
};

/** Whether what is drawn is computed from the points, and needs as many of them as can be had. */
export function isComputed({ smoothing, groupBy }: LineView): boolean {
  return smoothing > 0 || groupBy !== undefined;
}

/** Reads what a page kept or somebody shared; what makes no sense is as by default. */
export function parseLineView(value: unknown): LineView {
  if (typeof value !== 'object' || value === null) return defaultLineView;
  // SAFETY: any object can be read by name; each field is checked below.
  const { xAxis, isLogX, isLogY, smoothing, groupBy, band } = value as Readonly<
    Record<string, unknown>
  >;
  return {
    xAxis: xAxisKinds.find((kind) => kind === xAxis) ?? 'step',
    isLogX: isLogX === true,
    isLogY: isLogY === true,
    smoothing: typeof smoothing === 'number' && smoothing > 0 ? Math.min(smoothing, 0.999) : 0,
    ...(typeof groupBy === 'string' ? { groupBy } : {}),
    band: band === 'range' ? 'range' : 'deviation',
  };
}
