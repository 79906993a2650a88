/** Running one statement. */

import { CallReader } from '../callReader';
import type { CodeUnit } from '../cellCode';
import type { CodeCall } from '../effects';
import { takesOrder } from '../knownCalls';
import { applyCall } from './applyCall';
import { bindValue, importStar } from './bindValue';
import { callsHandedOn } from './callsHandedOn';
import type { CellRun } from './cellRun';
import type { KernelMemory } from './kernelMemory';
import { mutate } from './mutate';
import { readNames } from './observe';
import { prepareValues } from './prepareValues';
import { readHidden } from './readHidden';
import { runMagic } from './runMagic';

/** Runs a statement, or what IPython adds to Python. */
export function runUnit(memory: KernelMemory, unit: CodeUnit, run: CellRun): void {
  const parts: number[] = [memory.tokens.of('text', unit.text)];
  if (unit.magic !== undefined) {
    runMagic(memory, unit.magic, parts, run);
    return;
  }
  const { effects } = unit;
  if (effects === undefined) return;
  readNames(memory, effects, unit, run, parts);
  if (run.isStopped) {
    run.tokens.push(memory.tokens.of('stopped', ...parts));
    return;
  }
  const reader = new CallReader(memory.lookup, () => memory.classes());
  const calls = effects.calls.map((call) => reader.read(call, effects.calls));
  if (effects.calls.some((call) => ordersSet(memory, call))) {
    run.outside ??= 'the order of a set, which is another in each kernel';
    parts.push(memory.nextUnique());
  }
  const handedOn = callsHandedOn(memory, effects, reader);
  readHidden(memory, [...calls, ...handedOn.map(({ done }) => done)], parts, run);
  const token = memory.tokens.of(run.isFailing ? 'failed' : 'unit', ...parts);
  run.tokens.push(token);
  const bound = prepareValues(memory, effects, calls);
  run.bindsNow = new Set(
    effects.binds.map(({ name }) => name).filter((name) => !effects.reads.has(name)),
  );
  for (const mutation of effects.mutations) mutate(memory, mutation.name, mutation, token, run);
  for (const [at, call] of effects.calls.entries()) {
    const done = calls[at];
    if (done !== undefined) applyCall(memory, effects, call, done, token, run);
  }
  for (const { call, done } of handedOn) applyCall(memory, effects, call, done, token, run);
  run.bindsNow = new Set();
  for (const { name, object, value } of bound) bindValue(memory, name, object, value, token, run);
  for (const name of effects.deletes) memory.names.delete(name);
  for (const module of effects.stars) importStar(memory, module, token, run);
  if (effects.isBroken) memory.bindAnything(token);
}

/** Whether it makes an order of the items of a set. */
function ordersSet(memory: KernelMemory, call: CodeCall): boolean {
  const name = call.attributes.at(-1) ?? call.root ?? '';
  if (!takesOrder.test(name)) return false;
  return call.takesSet === true || call.args.some(({ name: arg }) => memory.names.get(arg)?.isSet);
}
