/**
 * The names of one piece of code (a statement of a module, a function, a class body) and what it does
 * to them. It knows nothing of syntax; the walk tells it what it meets.
 */

import type { SyntaxNode } from '@lezer/common';
import { type PythonSource, textOf } from '../../python/pythonSyntax';
import type { BoundValue, CodeCall, Effects, HeldName, Mutation } from '../effects';

/** Deeper code is no code by human hand. */
export const maxDepth = 200;

/** What gathers while code is walked in the order in which it runs, as far as that can be told. */
export class CodeScope {
  readonly reads = new Map<string, 'whole' | Set<string>>();
  readonly deferred = new Set<string>();
  readonly binds: BoundValue[] = [];
  readonly mutations: Mutation[] = [];
  readonly calls: CodeCall[] = [];
  readonly deletes = new Set<string>();
  readonly stars: string[] = [];
  readonly guarded = new Set<string>();
  readonly bound = new Set<string>();
  /** Names of comprehensions, and of the function if this is one; with what they may refer to. */
  readonly locals = new Map<string, HeldName[]>();
  readonly globals = new Set<string>();
  readonly callOf = new Map<number, number>();
  params: readonly string[] = [];
  yields = false;
  returnsSelf = false;
  isBroken = false;
  depth = 0;
  guards = 0;

  constructor(
    readonly source: PythonSource,
    readonly isFunction = false,
  ) {}

  finish(): Effects {
    const isOwn = (name: string) =>
      this.isFunction && this.locals.has(name) && !this.params.includes(name);
    const calls = this.calls.map((call) => ({
      ...call,
      receivers: [
        ...new Set(
          [...call.receivers, ...(call.root === undefined ? [] : this.originsOf(call.root))].filter(
            (name) => !isOwn(name),
          ),
        ),
      ],
      args: call.args.flatMap((arg) =>
        isOwn(arg.name)
          ? [...this.originsOf(arg.name)]
              .filter((name) => !isOwn(name))
              .map((name) => ({ ...arg, name }))
          : [arg],
      ),
    }));
    return {
      reads: this.reads,
      deferred: this.deferred,
      binds: this.binds,
      mutations: this.mutations.filter(({ name }) => !isOwn(name)),
      calls,
      deletes: this.deletes,
      stars: this.stars,
      guarded: this.guarded,
      params: this.params,
      yields: this.yields,
      returnsSelf: this.returnsSelf,
      isBroken: this.isBroken,
    };
  }

  text(node: SyntaxNode): string {
    return textOf(node, this.source);
  }

  read(name: string, key?: string): void {
    if (this.locals.has(name) || this.bound.has(name)) return;
    if (this.guards > 0) this.guarded.add(name);
    const known = this.reads.get(name);
    if (key === undefined) this.reads.set(name, 'whole');
    else if (known === undefined) this.reads.set(name, new Set([key]));
    else if (known !== 'whole') known.add(key);
  }

  /** Binds a name; within a function that is its own, unless it says `global`. */
  bind(value: BoundValue): void {
    if (this.isLocalName(value.name)) {
      const known = this.locals.get(value.name) ?? [];
      this.locals.set(value.name, [
        ...known,
        ...value.holds,
        ...(value.alias === undefined ? [] : [{ name: value.alias, hold: 'maybe' as const }]),
      ]);
      return;
    }
    this.binds.push(value);
    if (!value.isMaybe) this.bound.add(value.name);
  }

  isLocalName(name: string): boolean {
    return this.locals.has(name) || (this.isFunction && !this.globals.has(name));
  }

  /** Takes only these names for bound from here on. */
  keepBound(names: ReadonlySet<string>): void {
    for (const name of this.bound) if (!names.has(name)) this.bound.delete(name);
  }

  mutate(mutation: Mutation): void {
    this.mutations.push(mutation);
    for (const name of this.originsOf(mutation.name)) {
      if (name !== mutation.name) this.mutations.push({ ...mutation, name, isDeep: true });
    }
  }

  /** What a name bound here may refer to, also through others. */
  originsOf(name: string): Set<string> {
    const origins = new Set<string>();
    const pending = [name];
    for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
      if (origins.has(next)) continue;
      origins.add(next);
      const of = this.locals.get(next) ?? [];
      const bound = this.binds.filter((value) => value.name === next);
      for (const held of [...of, ...bound.flatMap(({ holds }) => holds)]) pending.push(held.name);
      for (const { alias } of bound) if (alias !== undefined) pending.push(alias);
    }
    return origins;
  }
}
