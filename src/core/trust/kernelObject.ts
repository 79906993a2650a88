import type { Effects, Hold, Mutation } from './effects';

/** Who gave a value, or changed it: a cell with the source that it had then. */
export interface Producer {
  readonly cellId: string;
  readonly source: string;
  /** The execution, or -1 in the run from top to bottom. */
  readonly execution: number;
}

/** Numbers for descriptions, equal if and only if these are: a value stands for how it was made. */
export class Tokens {
  private readonly known = new Map<string, number>();

  of(...parts: readonly (string | number)[]): number {
    const key = JSON.stringify(parts);
    const token = this.known.get(key) ?? this.known.size + 1;
    this.known.set(key, token);
    return token;
  }
}

interface Write {
  readonly kind: 'part' | 'store';
  readonly key: string;
  readonly token: number;
}

/** A value in the memory of a kernel, known by how it was made and changed. */
export class KernelObject {
  writes: Write[] = [];
  readonly holds = new Map<KernelObject, Hold>();
  deferred: ReadonlySet<string> = new Set();
  readonly producers = new Set<Producer>();
  isImmutable = false;
  isIterator = false;
  isSet = false;
  body: Effects | undefined;
  methods: ReadonlyMap<string, Effects> | undefined;
  bases: readonly string[] = [];
  /** Of an instance: its class. */
  made: KernelObject | undefined;
  imported: string | undefined;
  literal: string | undefined;
  /** The file it writes to or reads from. */
  file: string | undefined;
  /** The random numbers that its methods draw. */
  draws: string | undefined;
  /** It comes from something that was not seen. */
  isAssumed = false;
  /** The statement that made it, so that doing the same again changes nothing. */
  madeBy = 0;

  constructor(public base: number) {}

  /** Becomes what another is, beside its state. */
  takeKind(other: KernelObject): void {
    this.deferred = other.deferred;
    this.isIterator = other.isIterator;
    this.isSet = other.isSet;
    this.body = other.body;
    this.methods = other.methods;
    this.bases = other.bases;
    this.made = other.made;
    this.imported = other.imported;
    this.literal = other.literal;
    this.file = other.file;
    this.draws = other.draws;
  }

  /** What it is now; of a part only what can have changed that. */
  token(tokens: Tokens, key?: string): number {
    const writes = this.writes.filter(
      ({ kind, key: of }) => kind === 'store' || key === undefined || of === key,
    );
    return writes.length === 0
      ? tokens.of('is', this.base)
      : tokens.of('is', this.base, ...writes.flatMap(({ key: of, token }) => [of, token]));
  }

  change({ kind, key }: Pick<Mutation, 'kind' | 'key'>, token: number, tokens: Tokens): void {
    if (kind === 'update') {
      this.base = tokens.of('changed', this.token(tokens), token);
      this.writes = [];
      return;
    }
    const at = this.writes.findLastIndex((write) => write.key === key);
    const later = at === -1 ? [] : this.writes.slice(at + 1);
    const isLast = later.every((write) => kind === 'part' && write.kind === 'part');
    if (at !== -1 && isLast) this.writes[at] = { kind, key, token };
    else this.writes.push({ kind, key, token });
  }

  /** Itself and all that changes with it: what it may be, and if `isDeep` what it contains. */
  reach(isDeep: boolean): Set<KernelObject> {
    const reached = new Set<KernelObject>();
    const pending: KernelObject[] = [this];
    for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
      if (reached.has(next)) continue;
      reached.add(next);
      for (const [held, hold] of next.holds) {
        const isCode =
          held.body !== undefined || held.methods !== undefined || held.imported !== undefined;
        if (!isCode && !held.isImmutable && (isDeep || hold === 'maybe')) pending.push(held);
      }
    }
    return reached;
  }
}
