/** "viridis" of matplotlib (S. van der Walt and N. Smith, 2015, CC0): even steps of lightness, for all eyes. */
const stops = [
  '#440154',
  '#482878',
  '#3e4989',
  '#31688e',
  '#26828e',
  '#1f9e89',
  '#35b779',
  '#6ece58',
  '#b5de2b',
  '#fde725',
].map((hex) => [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)));

/** The part that stands out from the background: not its dark end on dark, not its pale one on light. */
const part = { dark: [0.4, 1], light: [0, 0.58] } as const;

/** How many colours a chart draws with, so that it changes them seldom. */
export const rampLevels = 32;

/** The colour of a place from 0 to 1, as `rgb(…)`. */
export function rampColor(unit: number, isDark: boolean): string {
  const [from, to] = isDark ? part.dark : part.light;
  const at = (from + Math.max(0, Math.min(1, unit)) * (to - from)) * (stops.length - 1);
  const low = stops[Math.floor(at)] ?? [0, 0, 0];
  const high = stops[Math.ceil(at)] ?? low;
  const share = at - Math.floor(at);
  const mixed = low.map((value, channel) =>
    Math.round(value + ((high[channel] ?? 0) - value) * share),
  );
  return `rgb(${mixed.join(', ')})`;
}

/** The level of a place from 0 to 1; −1 of none. */
export function rampLevel(unit: number): number {
  return Number.isNaN(unit) ? -1 : Math.min(rampLevels - 1, Math.floor(unit * rampLevels));
}

export function levelColor(level: number, isDark: boolean): string {
  return rampColor(level / (rampLevels - 1), isDark);
}
