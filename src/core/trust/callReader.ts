/** Finds what calls do: those of known functions, and by their bodies those of the notebook's own. */

import { addEffects, type CallEffects, noEffects } from './callEffects';
import type { CodeCall, Effects, PathHint } from './effects';
import type { KernelObject } from './kernelObject';
import * as known from './knownCalls';
import { baseName } from './magics';

export type Lookup = (name: string) => KernelObject | undefined;

/** Bases of bases, or functions that call others; deeper is no code by human hand. */
const maxDepth = 30;

/** Calls of one unit or function body; each is asked once, as it may be called on another. */
export class CallReader {
  private readonly found = new Map<CodeCall, CallEffects>();

  constructor(
    private readonly lookup: Lookup,
    private readonly classes: () => Iterable<KernelObject>,
    private readonly own: KernelObject | undefined = undefined,
    /** Each body is followed once, also one that calls itself. */
    private readonly bodies: Map<Effects, CallEffects> = new Map(),
  ) {}

  read(call: CodeCall, calls: readonly CodeCall[]): CallEffects {
    const found = this.found.get(call);
    if (found !== undefined) return found;
    const effects = this.classify(call, calls);
    this.found.set(call, effects);
    return effects;
  }

  private classify(call: CodeCall, calls: readonly CodeCall[]): CallEffects {
    const effects = noEffects();
    const name = call.attributes.at(-1);
    const root = call.root === undefined ? undefined : this.lookup(call.root);
    const isSelf = this.own !== undefined && (call.root === 'self' || call.root === 'cls');
    const method = call.attributes.length === 1 && !call.isOnPart ? name : undefined;
    if (call.onCall === undefined && root?.imported !== undefined) {
      return this.imported([root.imported, ...call.attributes].join('.'), call, effects);
    }
    if (call.root !== undefined && call.attributes.length === 0 && call.onCall === undefined) {
      if (root === undefined) return this.builtin(call.root, call, effects);
      return this.called(root, effects);
    }
    const receiver = isSelf ? this.own : root;
    if (method !== undefined && receiver !== undefined && call.onCall === undefined) {
      const owner = receiver.methods === undefined ? receiver.made : receiver;
      const body = owner && this.methodOf(owner, method);
      if (owner && body !== undefined) return this.ofBody(body, owner, effects, true);
    }
    if (receiver?.draws !== undefined) effects.draws.add(receiver.draws);
    return this.method(name ?? '', call, calls, effects);
  }

  private methodOf(owner: KernelObject, name: string, depth = 0): Effects | undefined {
    const own = owner.methods?.get(name);
    if (own !== undefined || depth > maxDepth) return own;
    for (const base of owner.bases) {
      const found = this.lookup(base);
      const inherited = found && this.methodOf(found, name, depth + 1);
      if (inherited !== undefined) return inherited;
    }
    return undefined;
  }

  private called(target: KernelObject, effects: CallEffects): CallEffects {
    if (target.body !== undefined) return this.ofBody(target.body, undefined, effects, false);
    if (target.methods !== undefined) {
      for (const name of ['__init__', '__post_init__', '__new__']) {
        const body = this.methodOf(target, name);
        if (body !== undefined) this.ofBody(body, target, effects, false);
      }
      effects.changesReceiver = 'no';
      effects.gives = 'part';
      effects.made = target;
      effects.isMaking = true;
      return effects;
    }
    if (target.made?.methods !== undefined) {
      const body = this.methodOf(target.made, '__call__');
      if (body !== undefined) return this.ofBody(body, target.made, effects, true);
    }
    // An object that can be called: a model, a decorated function.
    return { ...effects, changesReceiver: 'deep', changesArguments: true, gives: 'part' };
  }

  /** A function or method of the notebook: what its body does. */
  private ofBody(
    body: Effects,
    owner: KernelObject | undefined,
    into: CallEffects,
    isMethod: boolean,
  ): CallEffects {
    const done = this.bodies.get(body) ?? this.follow(body, owner);
    addEffects(into, done);
    if (done.changesReceiver !== 'no') into.changesReceiver = 'deep';
    into.changesArguments ||= done.changesArguments;
    into.gives = 'part';
    into.isIterator ||= done.isIterator;
    if (owner !== undefined && isMethod && body.returnsSelf) into.made = owner;
    return into;
  }

  private follow(body: Effects, owner: KernelObject | undefined): CallEffects {
    const into = noEffects();
    this.bodies.set(body, into);
    const self = owner === undefined ? undefined : body.params[0];
    const reader = new CallReader(this.lookup, this.classes, owner, this.bodies);
    const change = (name: string) => {
      if (name === self) into.changesReceiver = 'deep';
      else if (body.params.includes(name)) into.changesArguments = true;
      else into.changes.add(name);
    };
    for (const { name } of body.mutations) change(name);
    for (const { name } of body.binds) into.binds.add(name);
    for (const call of body.calls) {
      // What a function is given to call is judged where it is given.
      const isGiven = call.root !== undefined && body.params.includes(call.root);
      if (isGiven && call.attributes.length === 0 && call.onCall === undefined) continue;
      const effects = reader.read(call, body.calls);
      if (effects.changesReceiver !== 'no') for (const name of call.receivers) change(name);
      if (effects.changesArguments) for (const { name } of call.args) change(name);
      addEffects(into, effects);
    }
    into.isIterator ||= body.yields;
    into.runsAnything ||= body.isBroken;
    return into;
  }

  private imported(qualified: string, call: CodeCall, effects: CallEffects): CallEffects {
    effects.isIterator = known.givesIterator.test(qualified);
    const seeded = known.seeds(qualified, call.positionalCount);
    if (seeded !== undefined) effects.seeds.add(seeded);
    const drawn = known.drawsFrom(qualified, call.keywords);
    if (drawn !== undefined) effects.draws.add(drawn);
    if (known.isFromOutside(qualified, call.positionalCount)) effects.isOutside = true;
    if (known.changesSettings(qualified)) effects.setting = qualified;
    if (known.runsAnything.test(qualified)) effects.runsAnything = true;
    if (/^os\.(?:chdir|putenv)$|^sys\.path\./.test(qualified)) effects.setting = qualified;
    this.touch(qualified.split('.').at(-1) ?? '', call, effects, call.path);
    if (!known.leavesArguments(qualified) || call.keywords.has('out'))
      effects.changesArguments = true;
    // Constructors and functions such as `chain` keep what they are given.
    effects.gives = /^(?:numpy|math|statistics|random)\./.test(qualified)
      ? /(?:asarray|reshape|ravel|atleast|squeeze|transpose|split|broadcast|view)/.test(qualified)
        ? 'part'
        : 'new'
      : /^(?:json|re|string|textwrap|datetime|decimal)\./.test(qualified)
        ? 'new'
        : 'part';
    if (
      /^(?:pandas\.(?:DataFrame|Series|concat|merge)|copy\.deepcopy|collections\.Counter)$/.test(
        qualified,
      )
    )
      effects.gives = 'new';
    return effects;
  }

  private builtin(name: string, call: CodeCall, effects: CallEffects): CallEffects {
    if (!known.isBuiltin(name)) {
      return { ...effects, changesArguments: true, gives: 'part' };
    }
    effects.isIterator = known.givesIterator.test(name);
    effects.usesIterators = !known.leavesIterator.test(name);
    effects.gives = known.givesNew.test(name)
      ? 'new'
      : known.givesContainer.test(name)
        ? 'container'
        : 'part';
    if (name === 'next' || name === 'setattr' || name === 'delattr')
      effects.changesArguments = true;
    if (known.isFromOutside(name, call.positionalCount)) effects.isOutside = true;
    if (known.runsAnything.test(name)) effects.runsAnything = true;
    if (name === 'open') this.touch(name, call, effects, call.path);
    return effects;
  }

  private method(
    name: string,
    call: CodeCall,
    calls: readonly CodeCall[],
    effects: CallEffects,
  ): CallEffects {
    const on = call.onCall === undefined ? undefined : calls[call.onCall];
    const onEffects = on && this.read(on, calls);
    if (/^(?:now|today|utcnow)$/.test(name) && call.positionalCount === 0) effects.isOutside = true;
    if (name === 'sample' && drawsUnseeded(call)) effects.draws.add('numpy');
    const path =
      name === 'open' ||
      /^(?:read|write)_(?:text|bytes)$|^(?:exists|is_file|stat|touch|unlink|iterdir|r?glob|rename)$/.test(
        name,
      );
    if (!/^(?:load|remove|copy|move|sample)$/.test(name)) {
      const mode = path && name === 'open' ? openMode(call) : call.mode;
      this.touch(
        name,
        { ...call, ...(mode === undefined ? {} : { mode }) },
        effects,
        path ? call.receiverPath : call.path,
      );
    }
    if (name === 'open') effects.isIterator = true;
    effects.gives = known.givesPart.test(name) ? 'part' : 'new';
    if (known.isPureMethod(name) && call.keywords.get('inplace') !== 'True') {
      if (name === 'pipe') effects.changesArguments = true;
      return this.afterCall(effects, onEffects);
    }
    if (path && effects.files.length > 0) return effects;
    if (known.changesReceiver.test(name)) {
      effects.changesReceiver = call.isOnPart ? 'deep' : 'shallow';
      effects.keepsArguments = known.keepsArguments.test(name);
      effects.gives = 'part';
      if (effects.keepsArguments) effects.usesIterators = true;
      return this.afterCall(effects, onEffects);
    }
    // Of a class of the notebook, though it is not known of which this is an instance.
    const bodies = [...this.classes()].flatMap((owner) => {
      const body = owner.methods?.get(name);
      return body === undefined ? [] : [{ owner, body }];
    });
    if (bodies.length > 0) {
      for (const { owner, body } of bodies) this.ofBody(body, owner, effects, true);
      return this.afterCall(effects, onEffects);
    }
    effects.changesReceiver = 'deep';
    effects.changesArguments = call.keywords.get('inplace') === undefined;
    effects.gives = 'part';
    return this.afterCall(effects, onEffects);
  }

  /** What a call made anew can be changed without anybody seeing it. */
  private afterCall(effects: CallEffects, on: CallEffects | undefined): CallEffects {
    if (on === undefined) return effects;
    if (on.gives === 'new' && on.made === undefined) effects.changesReceiver = 'no';
    else if (on.isMaking) {
      effects.changesMade = effects.changesReceiver !== 'no';
      effects.changesReceiver = 'no';
    } else if (effects.changesReceiver === 'shallow') effects.changesReceiver = 'deep';
    if (effects.made === undefined && effects.gives === 'part' && on.made !== undefined)
      effects.made = on.made;
    return effects;
  }

  private touch(
    name: string,
    call: CodeCall,
    effects: CallEffects,
    path: PathHint | undefined,
  ): void {
    if (/^(?:mkdir|makedirs)$/.test(name)) {
      effects.files.push({ how: 'folder', file: '', place: call.text });
      return;
    }
    const how = known.touchesFile(name, call.mode);
    if (how === undefined) return;
    const named = path?.names
      .map((each) => this.lookup(each)?.literal)
      .find((each) => each !== undefined);
    const onFile = path?.names.some(
      (each) => this.lookup(each)?.file !== undefined || this.lookup(each)?.imported === 'io',
    );
    // What reads from text in memory, or from a file that is open, needs no other.
    if (
      how === 'read' &&
      name !== 'open' &&
      (onFile || /StringIO|BytesIO|https?:/.test(path?.text ?? ''))
    )
      return;
    const literal = path?.literal ?? named;
    if (
      how === 'write' &&
      literal === undefined &&
      /^to_|^save$|^remove$/.test(name) &&
      call.positionalCount === 0
    )
      return;
    const file = how === 'list' || literal === undefined ? '*' : baseName(literal);
    effects.files.push({ how, file, place: path?.text ?? '' });
  }
}

function openMode(call: CodeCall): string {
  const mode = call.keywords.get('mode') ?? call.path?.literal ?? 'r';
  return mode.replace(/["']/g, '');
}

function drawsUnseeded({ keywords }: CodeCall): boolean {
  return !keywords.has('random_state');
}
