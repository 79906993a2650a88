import { createDict, entriesOf } from './dict';
import type { Machine } from './machine';
import {
  builtin,
  type CallArguments,
  none,
  type PyObject,
  type PyValue,
  pyList,
  pyStr,
  pyTuple,
  unknown,
} from './value';
import { strOf } from './valueText';

/** An object that holds settings by name, as attributes and as entries: ml_collections, yacs, EasyDict. */
export class ConfigRecord {
  readonly names = new Map<string, PyValue>();
}

/** What is called of such an object when it reads a file. */
export type OnRead = (record: ConfigRecord, path: PyValue) => void;

const same =
  /^(?:clone|copy|deepcopy|unlocked|unlock|lock|freeze|defrost|__enter__|copy_and_resolve_references)$/;

export function configRecord(
  { positional: [first], keywords }: CallArguments,
  onRead: OnRead,
  machine: Machine,
): PyObject {
  const record = new ConfigRecord();
  const set = (name: string, value: PyValue): void =>
    machine.set(record.names, name, nested(value, onRead, machine));
  if (first?.kind === 'dict')
    for (const [key, value] of entriesOf(first)) set(strOf(key) ?? '', value);
  for (const [name, value] of keywords) set(name, value);
  const self: PyObject = {
    kind: 'object',
    payload: record,
    attribute(name) {
      switch (name) {
        case '__setattr__':
        case '__setitem__':
          return builtin(name, ({ positional: [key, value] }) => {
            const text = key === undefined ? undefined : strOf(key);
            if (text !== undefined) set(text, value ?? unknown);
            return none;
          });
        case '__getitem__':
        case 'get':
          return builtin(name, ({ positional: [key, otherwise] }) => {
            const text = key === undefined ? undefined : strOf(key);
            return record.names.get(text ?? '') ?? otherwise ?? unknown;
          });
        case 'update':
          return builtin(name, ({ positional: [more], keywords: named }) => {
            const entries = more === undefined ? [] : entriesIn(more);
            for (const [key, value] of [...entries, ...named]) set(key, value);
            return none;
          });
        case 'items':
          return builtin(name, () =>
            pyList([...record.names].map(([key, value]) => pyTuple([pyStr(key), value]))),
          );
        case 'to_dict':
          return builtin(name, () =>
            createDict([...record.names].map(([key, value]) => [pyStr(key), value])),
          );
        case 'merge_from_file':
          return builtin(name, ({ positional: [path] }) => {
            if (path !== undefined) onRead(record, path);
            return none;
          });
        default:
          if (same.test(name)) return builtin(name, () => self);
          return record.names.get(name) ?? unknown;
      }
    },
  };
  return self;
}

/** A dict in such an object becomes one. */
function nested(value: PyValue, onRead: OnRead, machine: Machine): PyValue {
  if (value.kind !== 'dict' || value.isUncertain) return value;
  return configRecord(
    { positional: [value], keywords: new Map(), isPartial: false },
    onRead,
    machine,
  );
}

function entriesIn(value: PyValue): (readonly [string, PyValue])[] {
  if (value.kind === 'dict') {
    return entriesOf(value).map(([key, each]) => [strOf(key) ?? '', each]);
  }
  const record = recordOf(value);
  return record === undefined ? [] : [...record.names];
}

export function recordOf(value: PyValue | undefined): ConfigRecord | undefined {
  return value?.kind === 'object' && value.payload instanceof ConfigRecord
    ? value.payload
    : undefined;
}
