import { type CallEffects, CallReader } from './callEffects';
import type { CellCode, CodeUnit } from './cellCode';
import type { BoundValue, CodeCall, Effects, HeldName, Mutation } from './effects';
import { KernelObject, type Producer, type Tokens } from './kernelObject';
import {
  isBuiltin,
  isKnownModule,
  isOutputHistory,
  leavesIterator,
  takesOrder,
} from './knownCalls';
import type { Magic } from './magics';

/** What a cell read when it ran: how that value came about, and from which cells. */
export interface Observation {
  /** A name, or a sentence's end for what has none: `the file a.csv`. */
  readonly name: string;
  readonly isName: boolean;
  readonly token: number;
  readonly producers: ReadonlySet<Producer>;
}

/** How a cell ran. Two with one `identity` gave the same result. */
export interface Trace {
  readonly identity: number;
  readonly observations: readonly Observation[];
  /** Names that nothing had defined, with whether that must have raised an error. */
  readonly missing: readonly { readonly name: string; readonly isCertain: boolean }[];
  /** It depends on something that was not seen. */
  readonly isAssumed: boolean;
  /** Something that no two runs have in common: the clock, the user, random numbers without a seed. */
  readonly outside: string | undefined;
}

export interface RunOptions {
  readonly producer: Producer;
  /** `certain`: it is known not to have raised, so that what is missing came from unseen code. */
  readonly outcome: 'succeeded' | 'failed' | 'interrupted' | 'predicted';
}

/** Names of what has none, in the same table as the names of Python. */
const hidden = (what: string) => `\u0000${what}`;
const settings = hidden('settings');
const lastOutput = hidden('output');
const folders = hidden('folders');
const sentences: Readonly<Record<string, string>> = {
  [settings]: 'the settings of how results are shown',
  [folders]: 'the folders that cells make',
  [lastOutput]: 'the output that was shown last',
};

/** The memory of a kernel, without its values: replays what cells did to it. */
export class KernelModel {
  private readonly names = new Map<string, KernelObject>();
  private readonly files = new Map<string, KernelObject>();
  private readonly stars: string[] = [];
  private wild = 0;

  constructor(
    private readonly tokens: Tokens,
    /** Counts what can never be the same again; shared by all models that are compared. */
    private readonly nextUnique: () => number,
    /** Entries at which a cell is known to have failed; shared. */
    private readonly failures: Set<number>,
  ) {}

  /** From here on, what is there may have been changed by something that was not seen. */
  assume(): void {
    for (const object of [...this.names.values(), ...this.files.values()]) object.isAssumed = true;
  }

  /** Files outlive their kernel. */
  keepFilesOf(before: KernelModel): void {
    for (const [name, object] of before.files) this.files.set(name, object);
  }

  run(code: CellCode, { producer, outcome }: RunOptions): Trace {
    const run = new CellRun(producer, outcome);
    const entry = this.entryOf(code);
    if (outcome === 'failed') this.failures.add(entry);
    const fails = outcome === 'failed' || (outcome === 'predicted' && this.failures.has(entry));
    let isBefore = true;
    for (const unit of code.units) {
      isBefore &&= unit.isSafe;
      run.isFailing = fails && !isBefore;
      this.unit(unit, run);
      if (run.isStopped) break;
    }
    const shown = this.names.get(settings);
    if (shown !== undefined) this.observe(settings, undefined, run, []);
    if (code.isTimed) run.outside ??= 'the time that it took';
    if (outcome === 'interrupted') run.outside ??= 'when it was interrupted';
    const salt = run.outside === undefined ? [] : [this.nextUnique()];
    const identity = this.tokens.of(
      'cell',
      ...run.tokens,
      ...(shown ? [shown.token(this.tokens)] : []),
      ...salt,
    );
    this.bindNew(lastOutput, this.tokens.of('shown', identity), run);
    return {
      identity,
      observations: [...run.observations.values()],
      missing: run.missing,
      isAssumed: run.isAssumed,
      outside: run.outside,
    };
  }

  /** What a cell meets when it begins, to know again where it would fail. */
  private entryOf(code: CellCode): number {
    const parts: (string | number)[] = [];
    for (const { text, effects, magic } of code.units) {
      parts.push(text);
      for (const name of effects?.reads.keys() ?? magic?.reads ?? []) {
        const object = this.names.get(name);
        parts.push(object === undefined ? 0 : this.tokenOf(object));
      }
    }
    return this.tokens.of('entry', ...parts);
  }

  // Reading ------------------------------------------------------------------------------------

  private lookup = (name: string): KernelObject | undefined => {
    const object = this.names.get(name);
    if (object !== undefined || isBuiltin(name)) return object;
    const star = this.stars.at(-1);
    if (star === undefined) return undefined;
    const found = new KernelObject(this.tokens.of('star', ...this.stars, name));
    found.imported = `${star}.${name}`;
    found.isImmutable = true;
    return found;
  };

  private *classes(): Iterable<KernelObject> {
    for (const object of this.names.values()) if (object.methods !== undefined) yield object;
  }

  /** Everything on which a value depends: what it holds, and what its functions read when called. */
  private dependenciesOf(object: KernelObject, missing?: Set<string>): Set<KernelObject> {
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

  private tokenOf(object: KernelObject, key?: string, missing?: Set<string>): number {
    const dependencies = this.dependenciesOf(object, missing);
    dependencies.delete(object);
    const tokens = new Set([...dependencies].map((each) => each.token(this.tokens)));
    const own = object.token(this.tokens, key);
    const missed = [...(missing ?? [])].sort();
    return this.tokens.of('value', own, ...[...tokens].sort((a, b) => a - b), ...missed);
  }

  private observe(name: string, key: string | undefined, run: CellRun, into: number[]): boolean {
    const object = this.lookup(name);
    if (object === undefined) return false;
    const missing = new Set<string>();
    const token = this.tokenOf(object, key, missing);
    into.push(token);
    const producers = new Set<Producer>();
    for (const each of this.dependenciesOf(object)) {
      if (each.isAssumed) run.isAssumed = true;
      for (const producer of each.producers) producers.add(producer);
    }
    const isName = !name.startsWith('\u0000');
    const shown = isName ? name : (sentences[name] ?? name.slice(1));
    const id = `${name}\u0000${key ?? ''}`;
    if (!run.own.has(name) && !run.observations.has(id)) {
      run.observations.set(id, { name: shown, isName, token, producers });
    }
    for (const each of missing) run.missing.push({ name: each, isCertain: false });
    return true;
  }

  private readNames(effects: Effects, unit: CodeUnit, run: CellRun, into: number[]): void {
    for (const [name, keys] of effects.reads) {
      const found =
        keys === 'whole'
          ? this.observe(name, undefined, run, into)
          : [...keys].map((key) => this.observe(name, key, run, into)).some((each) => each);
      if (found || isBuiltin(name)) continue;
      if (isOutputHistory.test(name)) this.observe(lastOutput, undefined, run, into);
      else if (this.wild !== 0) into.push(this.tokens.of('wild', this.wild, name));
      else {
        into.push(this.tokens.of('missing', name));
        const isCertain = unit.isSimple && !effects.guarded.has(name);
        if (effects.guarded.has(name)) continue;
        run.missing.push({ name, isCertain });
        // It was there, so something that was not seen has made it.
        if (run.outcome === 'succeeded' && isCertain) run.isAssumed = true;
        else if (isCertain) run.isStopped = true;
      }
    }
  }

  // Running ------------------------------------------------------------------------------------

  private unit(unit: CodeUnit, run: CellRun): void {
    const parts: number[] = [this.tokens.of('text', unit.text)];
    if (unit.magic !== undefined) {
      this.magic(unit.magic, parts, run);
      return;
    }
    const { effects } = unit;
    if (effects === undefined) return;
    this.readNames(effects, unit, run, parts);
    if (run.isStopped) {
      run.tokens.push(this.tokens.of('stopped', ...parts));
      return;
    }
    const reader = new CallReader(this.lookup, () => this.classes());
    const calls = effects.calls.map((call) => reader.read(call, effects.calls));
    if (effects.calls.some((call) => this.ordersSet(call))) {
      run.outside ??= 'the order of a set, which is another in each kernel';
      parts.push(this.nextUnique());
    }
    const handedOn = this.handedOn(effects, reader);
    this.readHidden([...calls, ...handedOn.map(({ done }) => done)], parts, run);
    const token = this.tokens.of(run.isFailing ? 'failed' : 'unit', ...parts);
    run.tokens.push(token);
    const bound = this.prepare(effects, calls);
    run.bindsNow = new Set(
      effects.binds.map(({ name }) => name).filter((name) => !effects.reads.has(name)),
    );
    for (const mutation of effects.mutations) this.mutate(mutation.name, mutation, token, run);
    for (const [at, call] of effects.calls.entries()) {
      const done = calls[at];
      if (done !== undefined) this.applyCall(effects, call, done, token, run);
    }
    for (const { call, done } of handedOn) this.applyCall(effects, call, done, token, run);
    run.bindsNow = new Set();
    for (const { name, object, value } of bound) this.bind(name, object, value, token, run);
    for (const name of effects.deletes) this.names.delete(name);
    for (const module of effects.stars) this.star(module, token, run);
    if (effects.isBroken) this.bindAnything(token);
  }

  /** Whether it makes an order of the items of a set. */
  private ordersSet(call: CodeCall): boolean {
    const name = call.attributes.at(-1) ?? call.root ?? '';
    if (!takesOrder.test(name)) return false;
    return call.takesSet === true || call.args.some(({ name: arg }) => this.names.get(arg)?.isSet);
  }

  /** Functions that are handed on are called by who gets them, with what else that one gets. */
  private handedOn(effects: Effects, reader: CallReader): { call: CodeCall; done: CallEffects }[] {
    const given = effects.calls.flatMap(({ args, receivers }) => [
      ...args,
      ...receivers.map((name) => ({ name, hold: 'maybe' as const })),
    ]);
    return [...new Set(given.map(({ name }) => name))].flatMap((root) => {
      if (this.names.get(root)?.body === undefined) return [];
      if (!effects.calls.some(({ args }) => args.some(({ name }) => name === root))) return [];
      const args = given.filter(({ name }) => name !== root);
      const call = { ...noCall, root, args };
      return [{ call, done: reader.read(call, [call]) }];
    });
  }

  /** What a statement reads without naming it: random numbers, files, the clock. */
  private readHidden(calls: readonly CallEffects[], parts: number[], run: CellRun): void {
    for (const call of calls) {
      for (const kind of call.draws) {
        const name = hidden(`${kind}'s random numbers`);
        if (!this.names.has(name) && !call.seeds.has(kind))
          run.outside ??= 'random numbers without a seed';
        this.observe(name, undefined, run, parts);
      }
      for (const { how, file } of call.files) {
        if (how !== 'folder') this.observe(folders, undefined, run, parts);
        if (how === 'read' || how === 'append') this.readFile(file, parts, run);
        else if (how === 'list')
          parts.push(this.tokens.of('list', ...[...this.files.keys()].sort()));
      }
      if (call.isOutside)
        run.outside ??= 'the clock, the user, or something else outside of the notebook';
      if (call.isOutside) parts.push(this.nextUnique());
      if (call.runsAnything) {
        for (const object of this.names.values()) parts.push(this.tokenOf(object));
      }
    }
  }

  private readFile(file: string, parts: number[], run: CellRun): void {
    const found =
      file === '*'
        ? [...this.files]
        : [...this.files].filter(([name]) => name === file || name === '*');
    if (!found.some(([name]) => name === file)) parts.push(this.tokens.of('disk', file));
    for (const [name, object] of found) {
      const token = this.tokenOf(object);
      parts.push(token);
      if (object.isAssumed) run.isAssumed = true;
      const shown = name === '*' ? 'a file' : `the file ${name}`;
      if (run.own.has(hidden(shown))) continue;
      const producers = new Set(object.producers);
      run.observations.set(hidden(shown), { name: shown, isName: false, token, producers });
    }
  }

  private applyCall(
    effects: Effects,
    call: CodeCall,
    done: CallEffects,
    token: number,
    run: CellRun,
  ): void {
    const update = { kind: 'update', key: '' } as const;
    if (done.changesReceiver !== 'no') {
      for (const name of call.receivers) {
        this.mutate(name, { ...update, isDeep: done.changesReceiver === 'deep' }, token, run);
      }
    }
    if (done.changesMade) {
      // What it is called on was made by a call, of what that was given.
      for (const { name } of effects.calls[call.onCall ?? -1]?.args ?? []) {
        this.mutate(name, { ...update, isDeep: true }, token, run);
      }
    }
    for (const { name } of call.args) {
      const object = this.names.get(name);
      if (object === undefined) continue;
      const usesUp =
        object.isIterator && done.usesIterators && !leavesIterator.test(call.root ?? '');
      if (done.changesArguments || usesUp)
        this.mutate(name, { ...update, isDeep: true }, token, run);
      if (!done.keepsArguments) continue;
      for (const receiver of call.receivers)
        this.names.get(receiver)?.holds.set(object, 'contains');
    }
    for (const name of done.changes) this.mutate(name, { ...update, isDeep: true }, token, run);
    for (const name of done.binds) {
      const old = this.names.get(name);
      const made = old === undefined ? token : this.tokens.of('bound', token, this.tokenOf(old));
      this.bindNew(name, this.tokens.of(made, name), run);
    }
    for (const kind of [...done.seeds, ...done.draws]) {
      this.bindNew(hidden(`${kind}'s random numbers`), this.tokens.of('random', token), run);
    }
    if (done.setting !== undefined)
      this.setPart(settings, done.setting + call.text.slice(0, 200), token, run);
    for (const { how, file, place } of done.files) {
      if (how === 'write' || how === 'append') this.write(file, place, how, token, run);
      else if (how === 'folder') this.setPart(folders, place, token, run);
    }
    if (done.runsAnything) this.bindAnything(token);
  }

  /** Sets one of the settings, or another part of what has no name. */
  private setPart(name: string, part: string, token: number, run: CellRun): void {
    const object = this.names.get(name) ?? new KernelObject(this.tokens.of(name));
    this.names.set(name, object);
    object.change({ kind: 'part', key: part }, token, this.tokens);
    object.producers.add(run.producer);
    run.own.add(name);
  }

  private write(
    file: string,
    place: string,
    how: 'write' | 'append',
    token: number,
    run: CellRun,
  ): void {
    const object = this.files.get(file) ?? new KernelObject(this.tokens.of('file', file));
    this.files.set(file, object);
    if (how === 'append' || file === '*')
      object.change({ kind: 'update', key: '' }, token, this.tokens);
    else {
      object.change({ kind: 'part', key: place }, token, this.tokens);
      if (object.writes.length === 1) {
        object.base = this.tokens.of('file', file);
        object.producers.clear();
      }
    }
    object.producers.add(run.producer);
    object.isAssumed = run.isAssumed;
    run.own.add(hidden(`the file ${file}`));
  }

  private mutate(
    name: string,
    mutation: Pick<Mutation, 'kind' | 'key' | 'isDeep'>,
    token: number,
    run: CellRun,
  ): void {
    const object = this.names.get(name);
    // What the statement itself binds is not what the name meant before.
    if (object === undefined || object.imported !== undefined || run.bindsNow.has(name)) return;
    if (object.isImmutable && mutation.kind === 'update') return;
    for (const each of object.reach(mutation.isDeep)) {
      each.change(mutation, this.tokens.of('by', token, name), this.tokens);
      each.producers.add(run.producer);
      if (run.isAssumed) each.isAssumed = true;
      if (each.file !== undefined) this.write(each.file, 'open', 'append', token, run);
    }
    run.own.add(name);
  }

  /** Finds what new values may refer to before any name is bound anew. */
  private prepare(effects: Effects, calls: readonly CallEffects[]) {
    const made = new Map<string, KernelObject>();
    const prepared = effects.binds.map((value) => {
      const alias = value.alias === undefined ? undefined : this.names.get(value.alias);
      if (alias !== undefined) return { name: value.name, object: alias, value };
      const object = new KernelObject(0);
      const call = value.call === undefined ? undefined : calls[value.call];
      object.isImmutable = value.isImmutable || value.imported !== undefined;
      object.isSet = value.isSet === true;
      object.isIterator = value.isIterator || call?.isIterator === true;
      object.deferred = this.deferredOf(value);
      object.body = value.body;
      object.methods = value.methods;
      object.bases = value.bases ?? [];
      object.made = call?.made;
      object.imported = value.imported;
      object.literal = value.literal;
      // An estimator without a seed draws when it learns, too.
      if (value.call !== undefined && isEstimator(effects.calls[value.call], this.lookup)) {
        [object.draws] = call?.draws ?? [];
      }
      object.file = call?.files.find(({ how }) => how === 'write' || how === 'append')?.file;
      made.set(value.name, object);
      return { name: value.name, object, value };
    });
    for (const { object, value } of prepared) {
      if (value.isImmutable || value.alias !== undefined) continue;
      for (const held of value.holds) {
        // Of a name that this statement itself binds, what it was before is not meant.
        const isOld = effects.reads.has(held.name) || !made.has(held.name);
        if (isOld) this.hold(object, this.names.get(held.name), held, calls);
        this.hold(object, made.get(held.name), held, calls);
      }
    }
    return prepared;
  }

  private deferredOf({ body, methods }: BoundValue): ReadonlySet<string> {
    const names = new Set<string>();
    for (const inner of [...(body ? [body] : []), ...(methods?.values() ?? [])]) {
      for (const name of [...inner.reads.keys(), ...inner.deferred]) names.add(name);
      for (const { name } of inner.mutations) if (!inner.params.includes(name)) names.add(name);
    }
    return names;
  }

  private hold(
    object: KernelObject,
    held: KernelObject | undefined,
    { hold, viaCall }: HeldName,
    calls: readonly CallEffects[],
  ): void {
    if (held === undefined || held === object || held.imported !== undefined) return;
    const gives = viaCall === undefined ? 'part' : (calls[viaCall]?.gives ?? 'part');
    if (gives === 'new' || (held.isImmutable && held.body === undefined)) return;
    object.holds.set(held, gives === 'container' ? 'contains' : hold);
  }

  private bind(
    name: string,
    object: KernelObject,
    value: BoundValue,
    token: number,
    run: CellRun,
  ): void {
    const old = this.names.get(name);
    const made = this.tokens.of('made', token, name);
    run.own.add(name);
    if (value.isUpdate && old !== undefined && !old.isImmutable) {
      this.mutate(name, { kind: 'update', key: '', isDeep: false }, token, run);
      for (const [held, how] of object.holds) if (held !== old) old.holds.set(held, how);
      return;
    }
    if (
      value.alias !== undefined &&
      object === this.names.get(value.alias) &&
      !value.isMaybe &&
      !run.isFailing
    ) {
      this.names.set(name, object);
      return;
    }
    const isMaybe = value.isMaybe || run.isFailing;
    const isOwn = object.madeBy === 0 && object.base === 0;
    if (isOwn) object.base = made;
    // The same again leaves it as it is, whether it binds the name or not.
    if (isMaybe && old?.madeBy === made) return;
    // What else this statement makes refers to the new value, not to what may have been left.
    const fresh = isOwn && !(isMaybe && old !== undefined) ? object : new KernelObject(made);
    if (fresh !== object) {
      fresh.holds.set(object, 'maybe');
      fresh.takeKind(object);
      fresh.isImmutable = object.isImmutable && old?.isImmutable !== false;
    }
    if (isMaybe && old !== undefined) fresh.base = this.tokens.of('or', made, this.tokenOf(old));
    if (value.imported !== undefined && !isMaybe)
      fresh.base = this.tokens.of('import', value.imported);
    if (isMaybe && old !== undefined && !old.isImmutable) fresh.holds.set(old, 'maybe');
    if (value.isUpdate) fresh.isImmutable = true;
    fresh.madeBy = made;
    fresh.producers.add(run.producer);
    if (isMaybe) for (const each of old?.producers ?? []) fresh.producers.add(each);
    fresh.isAssumed = run.isAssumed || (isMaybe && old?.isAssumed === true);
    this.names.set(name, fresh);
  }

  private bindNew(name: string, token: number, run: CellRun): void {
    const object = new KernelObject(token);
    object.producers.add(run.producer);
    object.isAssumed = run.isAssumed;
    this.names.set(name, object);
    run.own.add(name);
  }

  private star(module: string, token: number, run: CellRun): void {
    if (!this.stars.includes(module)) this.stars.push(module);
    if (isKnownModule(module)) return;
    for (const [name, object] of this.names) {
      if (name.startsWith('\u0000') || object.madeBy === token) continue;
      const fresh = new KernelObject(this.tokens.of('star', token, this.tokenOf(object)));
      fresh.holds.set(object, 'maybe');
      fresh.madeBy = token;
      fresh.producers.add(run.producer);
      this.names.set(name, fresh);
    }
  }

  /** Code that is not seen has run: every name may be another, and any may be there. */
  private bindAnything(token: number): void {
    this.wild = this.tokens.of('anything', token);
    for (const object of this.names.values()) {
      object.change({ kind: 'store', key: 'anything' }, token, this.tokens);
    }
  }

  private magic(magic: Magic, parts: number[], run: CellRun): void {
    for (const name of magic.reads) {
      if (!this.observe(name, undefined, run, parts)) parts.push(this.tokens.of('missing', name));
    }
    for (const file of magic.readsFiles) this.readFile(file, parts, run);
    if (magic.isOutside) {
      run.outside ??= 'a command outside of the notebook';
      parts.push(this.nextUnique());
    }
    if (magic.writesFiles.length > 0) this.observe(folders, undefined, run, parts);
    // What was captured is what the whole cell printed.
    if (magic.isCapture) parts.push(...run.tokens);
    const token = this.tokens.of(run.isFailing ? 'failed' : 'magic', ...parts);
    // `%%writefile` tells whether the file was there.
    const there = magic.writesFiles.map((file) => (this.files.has(file) ? 1 : 0));
    run.tokens.push(this.tokens.of('shown', token, ...there));
    if (magic.setting !== undefined) this.setPart(settings, `%${magic.setting}`, token, run);
    for (const file of magic.writesFiles) this.write(file, 'magic', 'write', token, run);
    for (const name of magic.binds) this.bindNew(name, this.tokens.of(token, name), run);
    if (magic.runsAnything) this.bindAnything(token);
  }
}

function isEstimator(
  call: CodeCall | undefined,
  lookup: (name: string) => KernelObject | undefined,
) {
  const imported = call?.root === undefined ? undefined : lookup(call.root)?.imported;
  return imported !== undefined && /^(?:sklearn|torch|keras|tensorflow)\b/.test(imported);
}

const noCall = {
  ...{ receivers: [], attributes: [], isOnPart: false, args: [], positionalCount: 0 },
  ...{ keywords: new Map<string, string>(), text: '' },
};

/** What gathers while one cell runs. */
class CellRun {
  readonly tokens: number[] = [];
  readonly observations = new Map<string, Observation>();
  readonly missing: { name: string; isCertain: boolean }[] = [];
  /** What this cell itself has bound or changed: reading it again says nothing of other cells. */
  readonly own = new Set<string>();
  /** What the statement that runs binds, and does not read before. */
  bindsNow: ReadonlySet<string> = new Set();
  isAssumed = false;
  isFailing = false;
  isStopped = false;
  outside: string | undefined;

  constructor(
    readonly producer: Producer,
    readonly outcome: RunOptions['outcome'],
  ) {}
}
