/** Functions that are given to others. */

import type { CallEffects } from '../callEffects';
import type { CallReader } from '../callReader';
import type { CodeCall, Effects } from '../effects';
import type { KernelMemory } from './kernelMemory';

/** Functions that are handed on are called by who gets them, with what else that one gets. */
export function callsHandedOn(
  memory: KernelMemory,
  effects: Effects,
  reader: CallReader,
): { call: CodeCall; done: CallEffects }[] {
  const given = effects.calls.flatMap(({ args, receivers }) => [
    ...args,
    ...receivers.map((name) => ({ name, hold: 'maybe' as const })),
  ]);
  return [...new Set(given.map(({ name }) => name))].flatMap((root) => {
    if (memory.names.get(root)?.body === undefined) return [];
    if (!effects.calls.some(({ args }) => args.some(({ name }) => name === root))) return [];
    const args = given.filter(({ name }) => name !== root);
    const call = { ...noCall, root, args };
    return [{ call, done: reader.read(call, [call]) }];
  });
}

const noCall = {
  ...{ receivers: [], attributes: [], isOnPart: false, args: [], positionalCount: 0 },
  ...{ keywords: new Map<string, string>(), text: '' },
};
