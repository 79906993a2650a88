import { pythonFunction } from '../python/interpret/builtins';
import { callValue } from '../python/interpret/callValue';
import { isEnum } from '../python/interpret/classes';
import { holdsFields } from '../python/interpret/dataclasses';
import type { Machine } from '../python/interpret/machine';
import { type PyClass, type PyValue, unknown } from '../python/interpret/value';

/** What an annotation says of a value, as far as a command line cares. */
export interface ValueType {
  readonly kind: 'bool' | 'int' | 'float' | 'str' | 'path' | 'enum' | 'list' | 'fields' | 'other';
  readonly isOptional: boolean;
  /** Of an enum or of a class with fields. */
  readonly class?: PyClass;
  /** Of the items of a list. */
  readonly item?: PyValue;
  /** What `Annotated` adds. */
  readonly notes: readonly PyValue[];
}

/** Reads `int`, `Optional[float]`, `list[str]`, `Annotated[bool, …]`, an enum or a class with fields. */
export function readType(annotation: PyValue): ValueType {
  const plain = { isOptional: false, notes: [] };
  switch (annotation.kind) {
    case 'builtin':
      return { ...plain, kind: builtinKind(annotation.name) };
    case 'class':
      if (isEnum(annotation)) return { ...plain, kind: 'enum', class: annotation };
      return holdsFields(annotation)
        ? { ...plain, kind: 'fields', class: annotation }
        : { ...plain, kind: 'other' };
    case 'generic':
      return readGeneric(annotation.base, annotation.arguments);
    default:
      return { ...plain, kind: 'other' };
  }
}

function builtinKind(name: string): ValueType['kind'] {
  switch (name) {
    case 'bool':
    case 'int':
    case 'float':
    case 'str':
      return name;
    case 'list':
    case 'tuple':
    case 'set':
      return 'list';
    default:
      return name.endsWith('Path') ? 'path' : 'other';
  }
}

function readGeneric(base: PyValue, args: readonly PyValue[]): ValueType {
  const name = base.kind === 'imported' ? base.path : base.kind === 'builtin' ? base.name : '';
  const last = name.split('.').at(-1) ?? '';
  const [first = unknown] = args;
  if (last === 'Annotated') return { ...readType(first), notes: args.slice(1) };
  if (last === 'Optional') return { ...readType(first), isOptional: true };
  if (last === 'Union') {
    const some = args.filter(({ kind }) => kind !== 'none');
    const inner = some.length === 1 && some[0] !== undefined ? readType(some[0]) : undefined;
    return {
      ...(inner ?? { kind: 'other', notes: [] }),
      isOptional: some.length < args.length || inner?.isOptional === true,
    };
  }
  if (/^(?:list|List|tuple|Tuple|set|Set|Sequence|Iterable)$/.test(last)) {
    return { kind: 'list', isOptional: false, notes: [], item: first };
  }
  if (/^(?:Final|Required|Positional|Suppress)$/.test(last)) return readType(first);
  return { kind: 'other', isOptional: false, notes: [] };
}

/** What a library makes of a default that it converts to its type: `1` of a float is `1.0`. */
export function convertDefault(value: PyValue, type: ValueType, machine: Machine): PyValue {
  if (value.kind === 'none' || value.kind === 'unknown') return value;
  if (type.kind === 'list' && type.item !== undefined) {
    if (value.kind !== 'list' && value.kind !== 'tuple') return value;
    const item = readType(type.item);
    return { ...value, items: value.items.map((each) => convertDefault(each, item, machine)) };
  }
  const convert = type.kind === 'int' || type.kind === 'float' ? type.kind : undefined;
  if (convert === undefined) return value;
  const called = pythonFunction(convert);
  return callValue(called, { positional: [value], keywords: new Map(), isPartial: false }, machine);
}
