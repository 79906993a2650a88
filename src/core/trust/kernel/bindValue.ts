/** Binding names. */

import type { BoundValue } from '../effects';
import { KernelObject } from '../kernelObject';
import { isKnownModule } from '../knownCalls';
import type { CellRun } from './cellRun';
import type { KernelMemory } from './kernelMemory';
import { mutate } from './mutate';

/** Binds a name to a value that was prepared. */
export function bindValue(
  memory: KernelMemory,
  name: string,
  object: KernelObject,
  value: BoundValue,
  token: number,
  run: CellRun,
): void {
  const old = memory.names.get(name);
  const made = memory.tokens.of('made', token, name);
  run.own.add(name);
  if (value.isUpdate && old !== undefined && !old.isImmutable) {
    mutate(memory, name, { kind: 'update', key: '', isDeep: false }, token, run);
    for (const [held, how] of object.holds) if (held !== old) old.holds.set(held, how);
    return;
  }
  if (
    value.alias !== undefined &&
    object === memory.names.get(value.alias) &&
    !value.isMaybe &&
    !run.isFailing
  ) {
    memory.names.set(name, object);
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
  if (isMaybe && old !== undefined) fresh.base = memory.tokens.of('or', made, memory.tokenOf(old));
  if (value.imported !== undefined && !isMaybe)
    fresh.base = memory.tokens.of('import', value.imported);
  if (isMaybe && old !== undefined && !old.isImmutable) fresh.holds.set(old, 'maybe');
  if (value.isUpdate) fresh.isImmutable = true;
  fresh.madeBy = made;
  fresh.producers.add(run.producer);
  if (isMaybe) for (const each of old?.producers ?? []) fresh.producers.add(each);
  fresh.isAssumed = run.isAssumed || (isMaybe && old?.isAssumed === true);
  memory.names.set(name, fresh);
}

/** Binds a name to a value of its own, whatever that is. */
export function bindNew(memory: KernelMemory, name: string, token: number, run: CellRun): void {
  const object = new KernelObject(token);
  object.producers.add(run.producer);
  object.isAssumed = run.isAssumed;
  memory.names.set(name, object);
  run.own.add(name);
}

/** Takes in all of a module, which may replace any name if the module is not known. */
export function importStar(
  memory: KernelMemory,
  module: string,
  token: number,
  run: CellRun,
): void {
  if (!memory.stars.includes(module)) memory.stars.push(module);
  if (isKnownModule(module)) return;
  for (const [name, object] of memory.names) {
    if (name.startsWith('\u0000') || object.madeBy === token) continue;
    const fresh = new KernelObject(memory.tokens.of('star', token, memory.tokenOf(object)));
    fresh.holds.set(object, 'maybe');
    fresh.madeBy = token;
    fresh.producers.add(run.producer);
    memory.names.set(name, fresh);
  }
}
