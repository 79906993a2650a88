/** What a call does to what it is called on and given. */

import type { CallEffects } from '../callEffects';
import type { CodeCall, Effects } from '../effects';
import { leavesIterator } from '../knownCalls';
import { bindNew } from './bindValue';
import type { CellRun } from './cellRun';
import { writeFile } from './files';
import { folders, hidden, settings } from './hiddenNames';
import type { KernelMemory } from './kernelMemory';
import { mutate, setPart } from './mutate';

/** Does to the memory what a call does. */
export function applyCall(
  memory: KernelMemory,
  effects: Effects,
  call: CodeCall,
  done: CallEffects,
  token: number,
  run: CellRun,
): void {
  const update = { kind: 'update', key: '' } as const;
  if (done.changesReceiver !== 'no') {
    for (const name of call.receivers) {
      mutate(memory, name, { ...update, isDeep: done.changesReceiver === 'deep' }, token, run);
    }
  }
  if (done.changesMade) {
    // What it is called on was made by a call, of what that was given.
    for (const { name } of effects.calls[call.onCall ?? -1]?.args ?? []) {
      mutate(memory, name, { ...update, isDeep: true }, token, run);
    }
  }
  for (const { name } of call.args) {
    const object = memory.names.get(name);
    if (object === undefined) continue;
    const usesUp = object.isIterator && done.usesIterators && !leavesIterator.test(call.root ?? '');
    if (done.changesArguments || usesUp)
      mutate(memory, name, { ...update, isDeep: true }, token, run);
    if (!done.keepsArguments) continue;
    for (const receiver of call.receivers)
      memory.names.get(receiver)?.holds.set(object, 'contains');
  }
  for (const name of done.changes) mutate(memory, name, { ...update, isDeep: true }, token, run);
  for (const name of done.binds) {
    const old = memory.names.get(name);
    const made = old === undefined ? token : memory.tokens.of('bound', token, memory.tokenOf(old));
    bindNew(memory, name, memory.tokens.of(made, name), run);
  }
  for (const kind of [...done.seeds, ...done.draws]) {
    bindNew(memory, hidden(`${kind}'s random numbers`), memory.tokens.of('random', token), run);
  }
  if (done.setting !== undefined)
    setPart(memory, settings, done.setting + call.text.slice(0, 200), token, run);
  for (const { how, file, place } of done.files) {
    if (how === 'write' || how === 'append') writeFile(memory, file, place, how, token, run);
    else if (how === 'folder') setPart(memory, folders, place, token, run);
  }
  if (done.runsAnything) memory.bindAnything(token);
}
