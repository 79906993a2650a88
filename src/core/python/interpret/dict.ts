import { type PyDict, type PyValue, pyStr } from './value';
import { reprOf } from './valueText';

export function createDict(entries: Iterable<readonly [PyValue, PyValue]> = []): PyDict {
  const dict: PyDict = { kind: 'dict', entries: new Map(), keys: new Map() };
  for (const [key, value] of entries) setEntry(dict, key, value);
  return dict;
}

export function setEntry(dict: PyDict, key: PyValue, value: PyValue): void {
  const text = reprOf(key);
  if (text === undefined) {
    dict.isUncertain = true;
    return;
  }
  dict.keys.set(text, key);
  dict.entries.set(text, value);
}

/** @returns false if it is not known which entry that is. */
export function removeEntry(dict: PyDict, key: PyValue): boolean {
  const text = reprOf(key);
  if (text === undefined) return false;
  dict.keys.delete(text);
  return dict.entries.delete(text);
}

/** Undefined if there is none; the entry of a dict that is not wholly known may be missing here. */
export function getEntry(dict: PyDict, key: PyValue | string): PyValue | undefined {
  const text = reprOf(typeof key === 'string' ? pyStr(key) : key);
  return text === undefined ? undefined : dict.entries.get(text);
}

export function entriesOf(dict: PyDict): (readonly [PyValue, PyValue])[] {
  return [...dict.entries].flatMap(([text, value]) => {
    const key = dict.keys.get(text);
    return key === undefined ? [] : [[key, value] as const];
  });
}
