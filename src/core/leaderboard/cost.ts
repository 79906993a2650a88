import { formatCost } from '../format/formatCost';
import { durationMs } from '../present/describeRun';
import { matchesGlob } from '../recording/glob';
import type { MetricDirection } from '../run/metricDirection';
import type { Run } from '../run/run';

/** What an hour costs, in the user's currency. */
export interface Prices {
  /** Of a machine of which nothing else is said; undefined where the user set none. */
  readonly perHour: number | undefined;
  /** Of each GPU whose name fits, first things first. */
  readonly perHardware: readonly { readonly gpu: string; readonly perHour: number }[];
  readonly currency: string;
}

/** What an hour of this run costs: its GPUs one by one where each has a price, else the machine. */
export function pricePerHour(run: Pick<Run, 'environment'>, prices: Prices): number | undefined {
  const gpus = run.environment?.gpus ?? [];
  const each = gpus.map(
    ({ name }) => prices.perHardware.find(({ gpu }) => fits(name, gpu))?.perHour,
  );
  const known = each.filter((price) => price !== undefined);
  if (known.length > 0 && known.length === gpus.length) {
    return known.reduce((sum, price) => sum + price, 0);
  }
  return prices.perHour;
}

/** A name, a part of it, or a glob; in any case. */
function fits(name: string, pattern: string): boolean {
  const [text, wanted] = [name.toLowerCase(), pattern.toLowerCase()];
  return wanted.includes('*') ? matchesGlob(text, wanted) : text.includes(wanted);
}

const hourMs = 3_600_000;

/** What so much time of a run costs; undefined where nobody knows the price. */
export function costOf(
  run: Pick<Run, 'environment'>,
  durationMs: number,
  prices: Prices,
): number | undefined {
  const perHour = pricePerHour(run, prices);
  return perHour === undefined ? undefined : (Math.max(0, durationMs) / hourMs) * perHour;
}

/** What a run cost by now, in words; undefined where nobody knows the price. */
export function describeCost(run: Run, prices: Prices, nowMs: number): string | undefined {
  // Of a run whose end nobody saw it is not known how long it took.
  if (run.endedAtMs === undefined && run.status !== 'running') return undefined;
  const cost = costOf(run, durationMs(run, nowMs), prices);
  return cost === undefined ? undefined : formatCost(cost, prices.currency);
}

/** What it took the runs of one row to reach the target. */
export interface ReachedGroup {
  readonly key: string;
  readonly reachedCount: number;
  /** Of how many of them the means below are: of a large group the best are looked at. */
  readonly timedCount: number;
  readonly durationMs?: number;
  readonly cost?: number;
}

/** When a series first reached a target, in ms since 1970; undefined where it never did. */
export function reachedAtMs(
  values: ArrayLike<number>,
  timesMs: ArrayLike<number>,
  direction: MetricDirection,
  target: number,
): number | undefined {
  for (let at = 0; at < values.length; at += 1) {
    const value = values[at] ?? Number.NaN;
    if (direction === 'higher' ? value >= target : value <= target) return timesMs[at];
  }
  return undefined;
}

const maxPrices = 100;

/** Reads the setting `{ "A100": 3.5, "*H100*": 4 }`, into which anything may be written. */
export function readPrices(setting: unknown): Prices['perHardware'] {
  if (typeof setting !== 'object' || setting === null || Array.isArray(setting)) return [];
  return Object.entries(setting)
    .flatMap(([gpu, perHour]) =>
      typeof perHour === 'number' && perHour >= 0 && gpu !== '' ? [{ gpu, perHour }] : [],
    )
    .slice(0, maxPrices);
}
