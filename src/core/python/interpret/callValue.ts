import { callFunction } from './callFunction';
import {
  bindTo,
  classAttribute,
  instanceAttribute,
  instantiate,
  isEnum,
  superAttribute,
} from './classes';
import { getEntry } from './dict';
import type { Machine } from './machine';
import { areEqual } from './operators';
import { type CallArguments, none, type PyClass, type PyValue, pyStr, unknown } from './value';
import { valueMethod } from './valueMethods';
import { enumValue } from './valueText';

export function callValue(called: PyValue, args: CallArguments, machine: Machine): PyValue {
  return machine.deeper(() => {
    switch (called.kind) {
      case 'function':
        return callFunction(called, args, machine);
      case 'class':
        return isEnum(called) ? enumMember(called, args) : instantiate(called, args, machine);
      case 'builtin':
        return called.call(args, machine);
      case 'instance': {
        const call = classAttribute(called.class, '__call__');
        return call === undefined
          ? unknown
          : callValue(bindTo(call, called, machine), args, machine);
      }
      case 'object':
        return callValue(called.attribute('__call__', machine), args, machine);
      default:
        return unknown;
    }
  }, unknown);
}

/** `Color('red')` gives the member whose value that is. */
function enumMember(asked: PyClass, { positional: [value] }: CallArguments): PyValue {
  if (value === undefined) return unknown;
  for (const name of asked.attributes.keys()) {
    const member = enumMemberOf(asked, name);
    const held = member === undefined ? undefined : enumValue(member);
    if (held !== undefined && areEqual(held, value) === true) return member ?? unknown;
  }
  return unknown;
}

function enumMemberOf(asked: PyClass, name: string): PyValue | undefined {
  const value = classAttribute(asked, name);
  if (value === undefined || value.kind === 'function' || name.startsWith('_')) return undefined;
  const attributes = new Map<string, PyValue>([
    ['_name_', pyStr(name)],
    ['name', pyStr(name)],
    ['value', value],
  ]);
  return { kind: 'instance', class: asked, attributes };
}

export function attributeOf(value: PyValue, name: string, machine: Machine): PyValue {
  switch (value.kind) {
    case 'imported':
      return machine.imported(`${value.path}.${name}`);
    case 'instance':
      return instanceAttribute(value, name, machine);
    case 'class': {
      if (name === '__name__') return pyStr(value.name);
      const member = isEnum(value) ? enumMemberOf(value, name) : undefined;
      if (member !== undefined) return member;
      const shared = classAttribute(value, name);
      if (shared === undefined) return unknown;
      const isOfClass = shared.kind === 'function' && shared.binding === 'class';
      return isOfClass ? bindTo(shared, value, machine) : shared;
    }
    case 'object':
      return value.attribute(name, machine);
    case 'super':
      return superAttribute(value.owner, value.receiver, name, machine);
    case 'function':
      return name === '__name__' ? pyStr(value.name) : unknown;
    default:
      return valueMethod(value, name);
  }
}

export function setAttribute(
  object: PyValue,
  name: string,
  value: PyValue,
  machine: Machine,
): void {
  if (object.kind === 'instance' || object.kind === 'class') {
    machine.set(object.attributes, name, value);
  } else if (object.kind === 'object') {
    const set = object.attribute('__setattr__', machine);
    if (set.kind === 'builtin') {
      set.call(
        { positional: [pyStr(name), value], keywords: new Map(), isPartial: false },
        machine,
      );
    }
  }
}

/** `value[index]`, or a type with its arguments. */
export function itemOf(value: PyValue, indexes: readonly PyValue[], machine: Machine): PyValue {
  const [index] = indexes;
  if (index === undefined) return unknown;
  switch (value.kind) {
    case 'imported':
    case 'builtin':
      return { kind: 'generic', base: value, arguments: indexes };
    case 'class':
      if (!isEnum(value)) return { kind: 'generic', base: value, arguments: indexes };
      return index.kind === 'str' ? (enumMemberOf(value, index.value) ?? unknown) : unknown;
    case 'dict':
      return value.isUncertain ? unknown : (getEntry(value, index) ?? unknown);
    case 'list':
    case 'tuple':
      if (index.kind !== 'int' || value.isUncertain) return unknown;
      return value.items.at(index.value) ?? unknown;
    case 'str': {
      const char = index.kind === 'int' ? [...value.value].at(index.value) : undefined;
      return char === undefined ? unknown : pyStr(char);
    }
    case 'instance':
    case 'object':
      return callValue(
        attributeOf(value, '__getitem__', machine),
        { positional: [index], keywords: new Map(), isPartial: false },
        machine,
      );
    default:
      return unknown;
  }
}

/** What a loop over the value gives, if all of it is known. */
export function itemsOf(value: PyValue): readonly PyValue[] | undefined {
  switch (value.kind) {
    case 'list':
    case 'tuple':
    case 'set':
      return value.isUncertain ? undefined : value.items;
    case 'dict':
      return value.isUncertain ? undefined : [...value.keys.values()];
    case 'str':
      return [...value.value].map(pyStr);
    case 'class':
      if (!isEnum(value)) return undefined;
      return [...value.attributes.keys()].flatMap((name) => enumMemberOf(value, name) ?? []);
    default:
      return undefined;
  }
}

export function sliceOf(
  value: PyValue,
  from: PyValue | undefined,
  to: PyValue | undefined,
  step: PyValue | undefined,
): PyValue {
  const bound = (given: PyValue | undefined) => (given?.kind === 'int' ? given.value : undefined);
  const isKnown = [from, to].every(
    (each) => (each ?? none).kind === 'none' || each?.kind === 'int',
  );
  if (!isKnown || (step !== undefined && step.kind !== 'none')) return unknown;
  if (value.kind === 'str')
    return pyStr([...value.value].slice(bound(from) ?? 0, bound(to)).join(''));
  if ((value.kind !== 'list' && value.kind !== 'tuple') || value.isUncertain) return unknown;
  return { kind: value.kind, items: value.items.slice(bound(from) ?? 0, bound(to)) };
}
