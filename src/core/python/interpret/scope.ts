import type { PyValue } from './value';

/** The names of a module, a function or a class body. */
export interface Scope {
  readonly names: Map<string, PyValue>;
  /** Where a name is looked for next: the enclosing function or module, never a class body. */
  readonly outer: Scope | undefined;
  readonly kind: 'module' | 'function' | 'class';
  /** Names that `global` or `nonlocal` gives away. */
  readonly borrowed: Map<string, Scope>;
}

export function createScope(kind: Scope['kind'], outer?: Scope): Scope {
  return { names: new Map(), outer, kind, borrowed: new Map() };
}

/** The scope that the functions made in this one look into. */
export function closureOf(scope: Scope): Scope {
  return scope.kind === 'class' && scope.outer !== undefined ? scope.outer : scope;
}

export function findName(scope: Scope, name: string): PyValue | undefined {
  for (let at: Scope | undefined = scope; at !== undefined; at = at.outer) {
    const value = (at.borrowed.get(name) ?? at).names.get(name);
    if (value !== undefined) return value;
  }
  return undefined;
}

export function moduleOf(scope: Scope): Scope {
  let at = scope;
  while (at.outer !== undefined) at = at.outer;
  return at;
}
