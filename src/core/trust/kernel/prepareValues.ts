/** New values, and what they may refer to, before any name is bound to them. */

import type { CallEffects } from '../callEffects';
import type { BoundValue, CodeCall, Effects, HeldName } from '../effects';
import { KernelObject } from '../kernelObject';
import type { KernelMemory } from './kernelMemory';

/** Finds what new values may refer to before any name is bound anew. */
export function prepareValues(
  memory: KernelMemory,
  effects: Effects,
  calls: readonly CallEffects[],
) {
  const made = new Map<string, KernelObject>();
  const prepared = effects.binds.map((value) => {
    const alias = value.alias === undefined ? undefined : memory.names.get(value.alias);
    if (alias !== undefined) return { name: value.name, object: alias, value };
    const object = new KernelObject(0);
    const call = value.call === undefined ? undefined : calls[value.call];
    object.isImmutable = value.isImmutable || value.imported !== undefined;
    object.isSet = value.isSet === true;
    object.isIterator = value.isIterator || call?.isIterator === true;
    object.deferred = deferredOf(value);
    object.body = value.body;
    object.methods = value.methods;
    object.bases = value.bases ?? [];
    object.made = call?.made;
    object.imported = value.imported;
    object.literal = value.literal;
    // An estimator without a seed draws when it learns, too.
    if (value.call !== undefined && isEstimator(effects.calls[value.call], memory.lookup)) {
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
      if (isOld) holdValue(object, memory.names.get(held.name), held, calls);
      holdValue(object, made.get(held.name), held, calls);
    }
  }
  return prepared;
}

function deferredOf({ body, methods }: BoundValue): ReadonlySet<string> {
  const names = new Set<string>();
  for (const inner of [...(body ? [body] : []), ...(methods?.values() ?? [])]) {
    for (const name of [...inner.reads.keys(), ...inner.deferred]) names.add(name);
    for (const { name } of inner.mutations) if (!inner.params.includes(name)) names.add(name);
  }
  return names;
}

function holdValue(
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

function isEstimator(
  call: CodeCall | undefined,
  lookup: (name: string) => KernelObject | undefined,
) {
  const imported = call?.root === undefined ? undefined : lookup(call.root)?.imported;
  return imported !== undefined && /^(?:sklearn|torch|keras|tensorflow)\b/.test(imported);
}
