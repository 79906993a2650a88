/** Changing values in place. */

import type { Mutation } from '../effects';
import { KernelObject } from '../kernelObject';
import type { CellRun } from './cellRun';
import { writeFile } from './files';
import type { KernelMemory } from './kernelMemory';

/** Changes a value, and all that changes with it. */
export function mutate(
  memory: KernelMemory,
  name: string,
  mutation: Pick<Mutation, 'kind' | 'key' | 'isDeep'>,
  token: number,
  run: CellRun,
): void {
  const object = memory.names.get(name);
  // What the statement itself binds is not what the name meant before.
  if (object === undefined || object.imported !== undefined || run.bindsNow.has(name)) return;
  if (object.isImmutable && mutation.kind === 'update') return;
  for (const each of object.reach(mutation.isDeep)) {
    each.change(mutation, memory.tokens.of('by', token, name), memory.tokens);
    each.producers.add(run.producer);
    if (run.isAssumed) each.isAssumed = true;
    if (each.file !== undefined) writeFile(memory, each.file, 'open', 'append', token, run);
  }
  run.own.add(name);
}

/** Sets one of the settings, or another part of what has no name. */
export function setPart(
  memory: KernelMemory,
  name: string,
  part: string,
  token: number,
  run: CellRun,
): void {
  const object = memory.names.get(name) ?? new KernelObject(memory.tokens.of(name));
  memory.names.set(name, object);
  object.change({ kind: 'part', key: part }, token, memory.tokens);
  object.producers.add(run.producer);
  run.own.add(name);
}
