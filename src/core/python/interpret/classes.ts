import { callFunction } from './callFunction';
import { fillFields, holdsFields } from './dataclasses';
import type { Machine } from './machine';
import {
  builtin,
  type CallArguments,
  noArguments,
  none,
  type PyBuiltin,
  type PyClass,
  type PyInstance,
  type PyValue,
  unknown,
} from './value';

const maxBases = 40;

/** The classes that a class is made of, itself first, in the order in which attributes are found. */
export function lineage(start: PyClass): PyClass[] {
  const classes: PyClass[] = [];
  const visit = (each: PyClass): void => {
    if (classes.length >= maxBases || classes.includes(each)) return;
    classes.push(each);
    for (const base of each.bases) if (base.kind === 'class') visit(base);
  };
  visit(start);
  return classes;
}

/** The names of a class and all of its bases, those of libraries by their full name. */
export function baseNames(start: PyClass): string[] {
  return lineage(start).flatMap(({ bases }) =>
    bases.flatMap((base) => {
      const origin = base.kind === 'generic' ? base.base : base;
      if (origin.kind === 'imported') return [origin.path];
      return origin.kind === 'builtin' ? [origin.name] : [];
    }),
  );
}

export function isEnum(value: PyClass): boolean {
  return baseNames(value).some((name) => /(?:^|\.)(?:Int|Str)?(?:Enum|Flag)$/.test(name));
}

/** An attribute of a class, not yet bound to an instance. */
export function classAttribute(start: PyClass, name: string): PyValue | undefined {
  for (const each of lineage(start)) {
    const value = each.attributes.get(name);
    if (value !== undefined) return value;
  }
  return undefined;
}

function nativeBase(start: PyClass): PyBuiltin | undefined {
  for (const { bases } of lineage(start)) {
    const found = bases.find((base) => base.kind === 'builtin');
    if (found?.kind === 'builtin') return found;
  }
  return undefined;
}

/** Binds a function that was found on a class to what it was asked of. */
export function bindTo(value: PyValue, receiver: PyValue, machine: Machine): PyValue {
  if (value.kind !== 'function' || value.binding === 'static') return value;
  const owner = receiver.kind === 'instance' ? receiver.class : receiver;
  const bound = { ...value, receiver: value.binding === 'class' ? owner : receiver };
  return value.binding === 'property' ? callFunction(bound, noArguments, machine) : bound;
}

export function instanceAttribute(instance: PyInstance, name: string, machine: Machine): PyValue {
  const own = instance.attributes.get(name);
  if (own !== undefined) return own;
  const shared = classAttribute(instance.class, name);
  if (shared !== undefined) return bindTo(shared, instance, machine);
  if (name === '__class__') return instance.class;
  return instance.native === undefined ? unknown : nativeAttribute(instance.native, name, machine);
}

function nativeAttribute(native: PyValue, name: string, machine: Machine): PyValue {
  return native.kind === 'object' ? native.attribute(name, machine) : unknown;
}

/** What `super().name` is. */
export function superAttribute(
  owner: PyClass,
  receiver: PyValue,
  name: string,
  machine: Machine,
): PyValue {
  for (const base of owner.bases) {
    const value = base.kind === 'class' ? classAttribute(base, name) : undefined;
    if (value !== undefined) return bindTo(value, receiver, machine);
  }
  if (receiver.kind !== 'instance') return unknown;
  if (name === '__init__') {
    return builtin(name, (args) => {
      makeNative(receiver, args, machine);
      return none;
    });
  }
  return receiver.native === undefined ? unknown : nativeAttribute(receiver.native, name, machine);
}

function makeNative(instance: PyInstance, args: CallArguments, machine: Machine): void {
  const base = nativeBase(instance.class);
  if (instance.native === undefined && base !== undefined) {
    instance.native = base.call({ ...args, instance }, machine);
  }
}

/** What calling a class gives. */
export function instantiate(made: PyClass, args: CallArguments, machine: Machine): PyValue {
  if (isEnum(made)) return unknown;
  const instance: PyInstance = { kind: 'instance', class: made, attributes: new Map() };
  const init = classAttribute(made, '__init__');
  if (init?.kind === 'function') {
    callFunction({ ...init, receiver: instance }, args, machine);
    makeNative(instance, noArguments, machine);
  } else {
    if (holdsFields(made)) fillFields(instance, args, machine);
    makeNative(instance, args, machine);
  }
  return instance;
}
