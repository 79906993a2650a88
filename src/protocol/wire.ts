/**
 * VS Code carries messages between a page and its host as JSON, typed arrays beside it. JSON knows
 * no NaN and no infinity, which a metric can well be, so they cross as objects of one key. So does an
 * item of a list that is undefined, such as an argument that a caller leaves open.
 */
const key = '$number';
const nothing = '$undefined';

/** What to give to `postMessage`: the same, with each number that JSON lacks as `{ $number: 'NaN' }`. */
export function toWire(value: unknown): unknown {
  if (typeof value === 'number') return Number.isFinite(value) ? value : { [key]: String(value) };
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return value;
  if (Array.isArray(value)) return mapKept(value, itemToWire);
  const entries: readonly (readonly [string, unknown])[] = Object.entries(value);
  const mapped = mapKept<readonly [string, unknown]>(entries, (entry) => {
    const [name, before] = entry;
    const after = toWire(before);
    return after === before ? entry : ([name, after] as const);
  });
  // fromEntries defines own properties, so that a key named __proto__ stays a key.
  return mapped === entries ? value : Object.fromEntries(mapped);
}

function itemToWire(item: unknown): unknown {
  return item === undefined ? { [nothing]: true } : toWire(item);
}

/**
 * What was given to `toWire`, from what arrived. Changes the message in place, for it is the
 * receiver's own. A bare `null` is what JSON makes of a NaN that was not wrapped, and is one again.
 */
export function fromWire(value: unknown): unknown {
  if (value === null) return Number.NaN;
  if (typeof value !== 'object' || ArrayBuffer.isView(value)) return value;
  if (key in value) return Number(value[key]);
  if (nothing in value) return undefined;
  // SAFETY: arrays too are objects whose own keys can be read and written.
  const fields = value as Record<string, unknown>;
  for (const name of Object.keys(fields)) {
    const field = fields[name];
    if (typeof field === 'object') fields[name] = fromWire(field);
  }
  return value;
}

/** As `map`, but the same array where nothing changes: most messages hold only ordinary numbers. */
function mapKept<T>(items: readonly T[], map: (item: T) => T): readonly T[] {
  let changed: T[] | undefined;
  for (const [index, item] of items.entries()) {
    const mapped = map(item);
    if (mapped !== item) {
      changed ??= [...items];
      changed[index] = mapped;
    }
  }
  return changed ?? items;
}
