import type { SyntaxNode } from '@lezer/common';
import type { PythonSource } from '../pythonSyntax';
import type { Machine } from './machine';
import type { Scope } from './scope';

/** A value of a Python program as far as it can be known without running it. */
export type PyValue =
  | PyUnknown
  | PyNone
  | PyBool
  | PyNumber
  | PyString
  | PySequence
  | PyDict
  | PyImported
  | PyFunction
  | PyClass
  | PyInstance
  | PyBuiltin
  | PyObject
  | PyGeneric
  | PySuper;

export interface PyUnknown {
  readonly kind: 'unknown';
}
export interface PyNone {
  readonly kind: 'none';
}
export interface PyBool {
  readonly kind: 'bool';
  readonly value: boolean;
}
/** An int is a safe integer; a larger one is unknown. */
export interface PyNumber {
  readonly kind: 'int' | 'float';
  readonly value: number;
}
/** A `path` is a pathlib.Path. */
export interface PyString {
  readonly kind: 'str' | 'bytes' | 'path';
  readonly value: string;
}
export interface PySequence {
  readonly kind: 'list' | 'tuple' | 'set';
  readonly items: PyValue[];
  /** It was changed where it is not known whether that code runs. */
  isUncertain?: boolean;
}
/** Entries by the text of their key, as `repr` gives it. */
export interface PyDict {
  readonly kind: 'dict';
  readonly entries: Map<string, PyValue>;
  readonly keys: Map<string, PyValue>;
  isUncertain?: boolean;
}
/** Something imported, by its full name, of which nothing is known: `torch.nn.Linear`. */
export interface PyImported {
  readonly kind: 'imported';
  readonly path: string;
}
export interface Parameter {
  readonly name: string;
  readonly kind: 'plain' | 'keywordOnly' | 'rest' | 'keywords';
  readonly default?: PyValue;
  readonly annotation?: SyntaxNode;
}
export interface PyFunction {
  readonly kind: 'function';
  readonly name: string;
  /** A FunctionDefinition or a LambdaExpression. */
  readonly node: SyntaxNode;
  readonly source: PythonSource;
  /** The scope in which it was made. */
  readonly scope: Scope;
  readonly parameters: readonly Parameter[];
  readonly binding: 'plain' | 'static' | 'class' | 'property';
  readonly receiver?: PyValue;
  /** The class in whose body it stands. */
  readonly owner?: PyClass;
  /** What a library's decorators noted, in the order in which they were applied. */
  readonly notes: object[];
}
export interface PyClass {
  readonly kind: 'class';
  readonly name: string;
  readonly bases: readonly PyValue[];
  readonly attributes: Map<string, PyValue>;
  /** Annotated names of the body, in order. */
  readonly annotations: ReadonlyMap<string, SyntaxNode>;
  readonly source: PythonSource;
  readonly scope: Scope;
  isDataclass: boolean;
}
export interface PyInstance {
  readonly kind: 'instance';
  readonly class: PyClass;
  readonly attributes: Map<string, PyValue>;
  /** The object of a library's class from which its class inherits. */
  native?: PyValue;
}
export interface PyBuiltin {
  readonly kind: 'builtin';
  readonly name: string;
  readonly call: (args: CallArguments, machine: Machine) => PyValue;
}
/** An object of a library that is known here. */
export interface PyObject {
  readonly kind: 'object';
  /** What the library's own code recognises it by. */
  readonly payload: object;
  readonly attribute: (name: string, machine: Machine) => PyValue;
}
/** A type with arguments: `Optional[int]`; a union such as `int | None` has the base `Union`. */
export interface PyGeneric {
  readonly kind: 'generic';
  readonly base: PyValue;
  readonly arguments: readonly PyValue[];
}
export interface PySuper {
  readonly kind: 'super';
  readonly owner: PyClass;
  readonly receiver: PyValue;
}

export interface CallArguments {
  readonly positional: readonly PyValue[];
  readonly keywords: ReadonlyMap<string, PyValue>;
  /** More arguments may be given, by `*args` or `**kwargs` that are not known. */
  readonly isPartial: boolean;
  /** What is being made, where a class of a library is called for one that inherits from it. */
  readonly instance?: PyInstance;
}

export const unknown: PyUnknown = { kind: 'unknown' };
export const none: PyNone = { kind: 'none' };
export const noArguments: CallArguments = {
  positional: [],
  keywords: new Map(),
  isPartial: false,
};

export function pyBool(value: boolean): PyBool {
  return { kind: 'bool', value };
}

export function pyInt(value: number): PyValue {
  return Number.isSafeInteger(value) ? { kind: 'int', value } : unknown;
}

export function pyFloat(value: number): PyNumber {
  return { kind: 'float', value };
}

export function pyStr(value: string): PyString {
  return { kind: 'str', value };
}

/** A longer text or list is no param, and would grow without end where a program doubles it. */
export const maxTextLength = 10_000;
export const maxItems = 10_000;

/** A text that was put together. */
export function madeText(value: string): PyValue {
  return value.length <= maxTextLength ? pyStr(value) : unknown;
}

export function pyList(items: readonly PyValue[]): PySequence {
  return { kind: 'list', items: [...items] };
}

export function pyTuple(items: readonly PyValue[]): PySequence {
  return { kind: 'tuple', items: [...items] };
}

export function builtin(name: string, call: PyBuiltin['call']): PyBuiltin {
  return { kind: 'builtin', name, call };
}

/** Whether a condition holds; undefined if that is not known. */
export function truthOf(value: PyValue): boolean | undefined {
  switch (value.kind) {
    case 'none':
      return false;
    case 'bool':
      return value.value;
    case 'int':
    case 'float':
      return value.value !== 0;
    case 'str':
    case 'bytes':
      return value.value !== '';
    case 'list':
    case 'tuple':
    case 'set':
      return value.isUncertain ? undefined : value.items.length > 0;
    case 'dict':
      return value.isUncertain ? undefined : value.entries.size > 0;
    case 'function':
    case 'class':
    case 'builtin':
    case 'path':
      return true;
    default:
      return undefined;
  }
}
