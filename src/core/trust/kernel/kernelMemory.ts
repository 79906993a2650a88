/** The memory of a kernel, without its values. */

import { KernelObject, type Tokens } from '../kernelObject';
import { isBuiltin } from '../knownCalls';

/** What a kernel holds, each value known by how it was made and changed. */
export class KernelMemory {
  readonly names = new Map<string, KernelObject>();
  readonly files = new Map<string, KernelObject>();
  readonly stars: string[] = [];
  wild = 0;

  constructor(
    readonly tokens: Tokens,
    /** Counts what can never be the same again; shared by all that are compared. */
    readonly nextUnique: () => number,
  ) {}

  lookup = (name: string): KernelObject | undefined => {
    const object = this.names.get(name);
    if (object !== undefined || isBuiltin(name)) return object;
    const star = this.stars.at(-1);
    if (star === undefined) return undefined;
    const found = new KernelObject(this.tokens.of('star', ...this.stars, name));
    found.imported = `${star}.${name}`;
    found.isImmutable = true;
    return found;
  };

  *classes(): Iterable<KernelObject> {
    for (const object of this.names.values()) if (object.methods !== undefined) yield object;
  }

  /** Everything on which a value depends: what it holds, and what its functions read when called. */
  dependenciesOf(object: KernelObject, missing?: Set<string>): Set<KernelObject> {
    const found = new Set<KernelObject>();
    const pending = [object];
    for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
      if (found.has(next)) continue;
      found.add(next);
      pending.push(...next.holds.keys());
      if (next.made !== undefined) pending.push(next.made);
      for (const name of next.deferred) {
        const used = this.lookup(name);
        if (used !== undefined) pending.push(used);
        else if (!isBuiltin(name) && this.wild === 0) missing?.add(name);
      }
    }
    return found;
  }

  tokenOf(object: KernelObject, key?: string, missing?: Set<string>): number {
    const dependencies = this.dependenciesOf(object, missing);
    dependencies.delete(object);
    const tokens = new Set([...dependencies].map((each) => each.token(this.tokens)));
    const own = object.token(this.tokens, key);
    const missed = [...(missing ?? [])].sort();
    return this.tokens.of('value', own, ...[...tokens].sort((a, b) => a - b), ...missed);
  }

  /** Code that is not seen has run: every name may be another, and any may be there. */
  bindAnything(token: number): void {
    this.wild = this.tokens.of('anything', token);
    for (const object of this.names.values()) {
      object.change({ kind: 'store', key: 'anything' }, token, this.tokens);
    }
  }
}
