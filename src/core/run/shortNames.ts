/** What runs are called among each other. */
export interface ShortNames {
  /** What all their names begin with, such as their script; undefined where they share nothing. */
  readonly shared: string | undefined;
  /** In the order of the names. */
  readonly names: readonly string[];
}

const separator = ' · ';

/**
 * The names of runs that are shown together, without the script or cell that all of them have: in little
 * room `train.py · lr=0.01` and `train.py · lr=0.001` are both cut to `train.py · l…`.
 */
export function shortNames(names: readonly string[]): ShortNames {
  const [first = ''] = names;
  const end = first.indexOf(separator);
  const shared = first.slice(0, Math.max(0, end));
  const start = `${shared}${separator}`;
  const isShared =
    shared !== '' && names.length > 1 && names.every((name) => name.startsWith(start));
  return isShared
    ? { shared, names: names.map((name) => name.slice(start.length)) }
    : { shared: undefined, names };
}
