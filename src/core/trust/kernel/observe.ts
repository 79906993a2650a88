/** Reading names, which is noted as what a cell has seen. */

import type { CodeUnit } from '../cellCode';
import type { Effects } from '../effects';
import type { Producer } from '../kernelObject';
import { isBuiltin, isOutputHistory } from '../knownCalls';
import type { CellRun } from './cellRun';
import { lastOutput, sentences } from './hiddenNames';
import type { KernelMemory } from './kernelMemory';

/** Notes that a name, or one part of it, was read. @returns whether it was there. */
export function observe(
  memory: KernelMemory,
  name: string,
  key: string | undefined,
  run: CellRun,
  into: number[],
): boolean {
  const object = memory.lookup(name);
  if (object === undefined) return false;
  const missing = new Set<string>();
  const token = memory.tokenOf(object, key, missing);
  into.push(token);
  const producers = new Set<Producer>();
  for (const each of memory.dependenciesOf(object)) {
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

/** Reads all names that a statement reads. */
export function readNames(
  memory: KernelMemory,
  effects: Effects,
  unit: CodeUnit,
  run: CellRun,
  into: number[],
): void {
  for (const [name, keys] of effects.reads) {
    const found =
      keys === 'whole'
        ? observe(memory, name, undefined, run, into)
        : [...keys].map((key) => observe(memory, name, key, run, into)).some((each) => each);
    if (found || isBuiltin(name)) continue;
    if (isOutputHistory.test(name)) observe(memory, lastOutput, undefined, run, into);
    else if (memory.wild !== 0) into.push(memory.tokens.of('wild', memory.wild, name));
    else {
      into.push(memory.tokens.of('missing', name));
      const isCertain = unit.isSimple && !effects.guarded.has(name);
      if (effects.guarded.has(name)) continue;
      run.missing.push({ name, isCertain });
      // It was there, so something that was not seen has made it.
      if (run.outcome === 'succeeded' && isCertain) run.isAssumed = true;
      else if (isCertain) run.isStopped = true;
    }
  }
}
