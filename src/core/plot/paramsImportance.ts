import { permutationImportance } from './forest/permutationImportance';
import { type RankCorrelation, rankCorrelation, toRanks } from './rankCorrelation';
import { type RunColumn, takeRows } from './runColumn';

export interface NamedColumn {
  readonly name: string;
  readonly column: RunColumn;
}

export interface ParamImportance {
  readonly name: string;
  /** Undefined where no forest was grown. */
  readonly importance?: number;
  readonly error?: number;
  readonly correlation: RankCorrelation;
  readonly valueCount: number;
  /** Params that change whenever it does, so that nothing can tell them apart. */
  readonly sameAs: readonly string[];
}

/** Why nothing can be said; `one`: only one param varies, so that there is nothing to rank. */
export type ImportanceVerdict = 'said' | 'tooFew' | 'nothingVaries' | 'sameTarget' | 'one';

export interface ParamsImportance {
  readonly verdict: ImportanceVerdict;
  /** The most important first. */
  readonly params: readonly ParamImportance[];
  /** Runs that were looked at. */
  readonly runCount: number;
  /** Runs without a finite value of the metric. */
  readonly leftOutRuns: number;
  /** Texts that differ in nearly every run, such as a folder's name. */
  readonly leftOutParams: readonly string[];
  readonly rSquared?: number;
  readonly treeCount?: number;
}

/** With fewer, chance alone makes params look important. */
export const minImportanceRuns = 10;
/** More would only make it slow: nobody varies as many. */
const maxParams = 200;

/** Which params go with a metric: by a random forest, and by ranks alone. */
export function paramsImportance(
  params: readonly NamedColumn[],
  target: Float64Array,
): ParamsImportance {
  const rows = Array.from(target.keys()).filter((row) => Number.isFinite(target[row]));
  const values = Float64Array.from(rows, (row) => target[row] ?? 0);
  const base = { runCount: rows.length, leftOutRuns: target.length - rows.length };
  const nothing = { ...base, params: [], leftOutParams: [] };
  if (rows.length < minImportanceRuns) return { ...nothing, verdict: 'tooFew' };
  if (values.every((value) => value === values[0])) return { ...nothing, verdict: 'sameTarget' };
  const taken = params.map(({ name, column }) => ({ name, column: takeRows(column, rows) }));
  const varying = taken.filter(({ column }) => valueCount(column) > 1);
  const isNamed = ({ column }: NamedColumn) =>
    column.kind === 'text' && valueCount(column) > Math.max(2, rows.length / 2);
  const leftOutParams = varying.filter(isNamed).map(({ name }) => name);
  const groups = groupAlike(varying.filter((each) => !isNamed(each))).slice(0, maxParams);
  if (groups.length === 0) return { ...nothing, leftOutParams, verdict: 'nothingVaries' };
  const forest =
    groups.length > 1
      ? permutationImportance(
          groups.map(({ column }) => column),
          values,
        )
      : undefined;
  const ranked = groups.map(({ name, column, sameAs }, at) => ({
    ...{ name, sameAs, valueCount: valueCount(column) },
    correlation: rankCorrelation(column, values),
    ...(forest && { importance: forest.importance[at] ?? 0, error: forest.error[at] ?? 0 }),
  }));
  return {
    ...base,
    leftOutParams,
    verdict: forest === undefined ? 'one' : 'said',
    params: ranked.toSorted(
      (a, b) => (b.importance ?? 0) - (a.importance ?? 0) || (a.name < b.name ? -1 : 1),
    ),
    ...(forest && { rSquared: forest.rSquared, treeCount: forest.treeCount }),
  };
}

function valueCount(column: RunColumn): number {
  return new Set(keysOf(column)).size;
}

/** The value of each row; −1 where there is none. */
function keysOf(column: RunColumn): readonly (number | string)[] {
  return Array.from(column.isPresent, (present, row) => {
    if (present !== 1) return 'absent';
    return (column.kind === 'text' ? column.codes[row] : column.numbers[row]) ?? 'absent';
  });
}

/**
 * What is the same for columns that part the runs alike. Where nearly each run has a number of its own,
 * all columns do that, so there it is the order that counts.
 */
function partingOf(column: RunColumn): string {
  if (column.kind === 'number' && 2 * valueCount(column) > column.numbers.length) {
    return `order ${toRanks([...column.numbers]).join()}`;
  }
  const seen = new Map<number | string, number>();
  return keysOf(column)
    .map((key) => {
      const number = seen.get(key) ?? seen.size;
      seen.set(key, number);
      return number;
    })
    .join();
}

/** Params that part the runs in the same way count as one. */
function groupAlike(
  params: readonly NamedColumn[],
): readonly (NamedColumn & { readonly sameAs: readonly string[] })[] {
  const groups = new Map<string, NamedColumn & { readonly sameAs: string[] }>();
  for (const { name, column } of params) {
    const parting = partingOf(column);
    const group = groups.get(parting);
    if (group === undefined) groups.set(parting, { name, column, sameAs: [] });
    else group.sameAs.push(name);
  }
  return [...groups.values()];
}

/** How it was computed, over what, and when it says nothing. */
export function describeImportance(result: ParamsImportance, metric: string): string {
  const { verdict, runCount, leftOutRuns, rSquared = Number.NaN, treeCount = 0 } = result;
  const runs = `${runCount} ${runCount === 1 ? 'run' : 'runs'}`;
  const without =
    leftOutRuns === 0 ? '' : ` (${leftOutRuns} without a finite value of ${metric} left out)`;
  switch (verdict) {
    case 'tooFew':
      return `Too few runs to say anything: ${runs} with ${metric}${without}, at least ${minImportanceRuns} are needed.`;
    case 'sameTarget':
      return `${metric} is the same in all ${runs}${without}, so no param explains it.`;
    case 'nothingVaries':
      return `No param varies over the ${runs}${without}, so nothing can be said.`;
    case 'one':
      return `Only one param varies over the ${runs}${without}, so there is nothing to rank. Its rank correlation with ${metric} is shown.`;
    case 'said': {
      const weak =
        rSquared < 0.2
          ? ' That is little: the params hardly explain the metric, so their order means little.'
          : '';
      return `Importance: how much the squared error of a random forest of ${treeCount} trees grows once the param is shuffled, on runs it was not grown on, as a share of the variance of ${metric} (up to 200 %). Correlation: of ranks, ρ of Spearman for numbers, η for texts. Over ${runs}${without}. The forest predicts ${Math.max(0, Math.round(100 * rSquared))} % of the variance.${weak} Neither says what causes what.`;
    }
  }
}
