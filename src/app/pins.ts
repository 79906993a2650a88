import { nothingPinned, type PinKind, type PinnedKeys, withPin } from '../core/run/pinnedKeys';
import { createKeptValue, type KeptValue, type Memory } from './keptValue';

/** What the user pinned on the pages of runs, kept for the workspace. */
export interface Pins extends Pick<KeptValue<PinnedKeys>, 'get' | 'onDidChange'> {
  set(kind: PinKind, key: string, isPinned: boolean): void;
}

export function createPins(memory: Memory, onError: (what: string, error: unknown) => void): Pins {
  const place = { memory, key: 'pinnedKeys', what: 'Keeping what is pinned' };
  const kept = createKeptValue(place, nothingPinned, onError);
  return {
    get: kept.get,
    set: (kind, key, isPinned) => kept.set(withPin(kept.get(), kind, key, isPinned)),
    onDidChange: kept.onDidChange,
  };
}
