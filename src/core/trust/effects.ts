/**
 * What a piece of code reads and does, without its values: the result of the static analysis, which
 * `kernel/kernelModel.ts` replays.
 */

/** How a value may refer to another: as something it contains, or as being (in) it. */
export type Hold = 'contains' | 'maybe';

/** Names to which a value may refer; `viaCall` only if that call gives back what it was given. */
export interface HeldName {
  readonly name: string;
  readonly hold: Hold;
  /** Index into the calls of the same effects. */
  readonly viaCall?: number;
}

/** Where a call finds its path: a literal at its end, or names that may hold one. */
export interface PathHint {
  readonly literal?: string;
  readonly names: readonly string[];
  readonly text: string;
}

export interface CodeCall {
  /** The name at the start of the callee: `df` of `df.groupby("a").sum()`; none of a literal. */
  readonly root?: string;
  /** Names that change if this call changes what it is called on. */
  readonly receivers: readonly string[];
  /** The attributes behind it, without those before the last call: `sum` of the example. */
  readonly attributes: readonly string[];
  /** The call whose result this one is called on. */
  readonly onCall?: number;
  /** Whether it is called on a part of the root: `x[0].append`, `a.b.append`. */
  readonly isOnPart: boolean;
  /** Names that may be within its arguments. */
  readonly args: readonly HeldName[];
  readonly positionalCount: number;
  /** A set is made right where it is given to the call. */
  readonly takesSet?: boolean;
  readonly keywords: ReadonlyMap<string, string>;
  /** Of `open` and the like: the mode, if it is literal. */
  readonly mode?: string;
  readonly path?: PathHint;
  /** Of the receiver, for `Path(…).read_text()`. */
  readonly receiverPath?: PathHint;
  readonly text: string;
}

export interface Mutation {
  readonly name: string;
  /** `part`: `x["key"] = …`; `store`: another place of it is set; `update`: it is changed from what it was. */
  readonly kind: 'part' | 'store' | 'update';
  /** Of a part its key, of a store the text of its target. */
  readonly key: string;
  readonly isDeep: boolean;
}

/** A value that a name is bound to. */
export interface BoundValue {
  readonly name: string;
  /** It may be left as it was: within `if`, `try`, or a loop that may not run. */
  readonly isMaybe: boolean;
  /** The name whose very object it is: `y = x`. */
  readonly alias?: string;
  readonly isImmutable: boolean;
  readonly isIterator: boolean;
  /** A set: the order of its items may differ from kernel to kernel. */
  readonly isSet?: boolean;
  readonly holds: readonly HeldName[];
  /** The outermost call of its value. */
  readonly call?: number;
  /** A text at the end of its value, which may be a path. */
  readonly literal?: string;
  /** What running it does, of a function or lambda. */
  readonly body?: Effects;
  /** Of a class: what its methods do, and the names of its bases. */
  readonly methods?: ReadonlyMap<string, Effects>;
  readonly bases?: readonly string[];
  /** What an import gives: `numpy`, `random.shuffle`. */
  readonly imported?: string;
  /** `x += 1`: rebound if it is a number or text, else changed in place. */
  readonly isUpdate?: boolean;
}

export interface Effects {
  /** Names read before they are bound here, each with the keys that alone are read of it. */
  readonly reads: ReadonlyMap<string, 'whole' | ReadonlySet<string>>;
  /** Names that functions made here read when they are called. */
  readonly deferred: ReadonlySet<string>;
  readonly binds: readonly BoundValue[];
  readonly mutations: readonly Mutation[];
  readonly calls: readonly CodeCall[];
  readonly deletes: ReadonlySet<string>;
  /** Modules of which everything is imported. */
  readonly stars: readonly string[];
  /** Names read where an error would be caught. */
  readonly guarded: ReadonlySet<string>;
  /** Of a function: names of its parameters, by position. */
  readonly params: readonly string[];
  readonly yields: boolean;
  readonly returnsSelf: boolean;
  /** Code that could not be understood. */
  readonly isBroken: boolean;
}
