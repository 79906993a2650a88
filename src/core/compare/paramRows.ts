import { formatNumber } from '../format/formatNumber';
import { paramNumber } from '../run/paramNumber';
import type { Param, ParamOrigin, Run } from '../run/run';
import { type ComparedCell, type ComparedRow, changeOf } from './comparedRow';

export const originWords: Readonly<Record<ParamOrigin, string>> = {
  argv: 'command line',
  config: 'configuration file',
  default: 'default',
  cell: 'cell',
  printed: 'printed',
  client: 'reported',
};

/** One row a param, as the base has them; then those that only others have. @param runs the base first. */
export function paramRows(runs: readonly Run[]): readonly ComparedRow[] {
  const tables = runs.map(
    ({ params }) => new Map(params.map((param) => [param.key, param] as const)),
  );
  const keys = new Set(tables.flatMap((table) => [...table.keys()]));
  return [...keys].map((key) => {
    const params = tables.map((table) => table.get(key));
    const [base] = params;
    return {
      label: key,
      cells: params.map((param, index) => paramCell(param, base, index === 0)),
      differs: params.some((param) => param?.value !== base?.value),
    };
  });
}

function paramCell(
  param: Param | undefined,
  base: Param | undefined,
  isBase: boolean,
): ComparedCell {
  const ratio = isBase || !param || !base ? undefined : paramRatio(base.value, param.value);
  return {
    text: param?.value ?? '',
    // Where a value comes from is said once, and again where it is another place.
    ...(param && (isBase || param.origin !== base?.origin)
      ? { detail: originWords[param.origin] }
      : {}),
    ...(ratio === undefined ? {} : { delta: { text: ratio } }),
    change: changeOf(base?.value, param?.value, isBase),
  };
}

/** The factor between two numbers: `×0.1`; undefined where there is none worth saying. */
export function paramRatio(base: string, value: string): string | undefined {
  const [before, after] = [paramNumber(base), paramNumber(value)];
  if (before === undefined || after === undefined || before === after) return undefined;
  const ratio = after / before;
  return Number.isFinite(ratio) && ratio > 0 ? `×${formatNumber(ratio)}` : undefined;
}
