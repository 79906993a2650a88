import type { Param, Run } from '../run/run';

/** A run with what it stands on: the run that it is a part of, and what it read. */
export interface Contender {
  readonly run: Run;
  readonly whole?: Run | undefined;
  /** `modelsOf` its files. */
  readonly models: string;
}

type NamedValue = Pick<Param, 'key' | 'value'>;

/**
 * The params of a run that count, in order of their keys. A part has those of its whole beside its own,
 * which count more.
 */
export function countedParams(
  { run, whole }: Pick<Contender, 'run' | 'whole'>,
  isUncounted: (key: string) => boolean,
): readonly NamedValue[] {
  const params = whole === undefined ? run.params : [...whole.params, ...run.params];
  return countedPlaces(
    params.map(({ key }) => key),
    isUncounted,
  ).flatMap((place) => params[place] ?? []);
}

/** Where the params that count stand, in order of their keys; of two of a key the last. */
function countedPlaces(
  keys: readonly string[],
  isUncounted: (key: string) => boolean,
): readonly number[] {
  const places = new Map<string, number>();
  for (const [place, key] of keys.entries()) if (!isUncounted(key)) places.set(key, place);
  return [...places].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, place]) => place);
}

/**
 * Tells configurations apart. The key that it gives is equal for two runs of the same: the same script or
 * notebook, the same params that count, the same models to begin from and, if asked for, the same code.
 */
export function createConfigurationKeys(
  isUncounted: (key: string) => boolean,
  isByCode: boolean,
): (contender: Contender) => string {
  // Runs of a script have the same params in the same order, which is found out once.
  const orders = new Map<string, { readonly places: readonly number[]; readonly keys: string }>();

  function orderOf(params: readonly NamedValue[]) {
    const keys = params.map(({ key }) => key);
    const signature = keys.join('\0');
    let order = orders.get(signature);
    if (order === undefined) {
      const places = countedPlaces(keys, isUncounted);
      order = { places, keys: JSON.stringify(places.map((place) => keys[place])) };
      orders.set(signature, order);
    }
    return order;
  }

  return ({ run, whole, models }) => {
    const { source } = run;
    const params = whole === undefined ? run.params : [...whole.params, ...run.params];
    const { places, keys } = orderOf(params);
    const place =
      source.kind === 'notebook' ? source.notebook : (source.script ?? source.commandLine);
    const code = isByCode ? codeKey(whole ?? run) : '';
    let key = `${lengthed(place)}${lengthed(models)}${lengthed(code)}${keys}`;
    for (const at of places) key += lengthed(params[at]?.value ?? '');
    return key;
  };
}

/** With its length before it, so that no text can pass for the end of another. */
function lengthed(text: string): string {
  return `${text.length}:${text}`;
}

function codeKey({ source, codeState }: Run): string {
  return source.kind === 'notebook' ? source.cellSource : (codeState?.script ?? '');
}
