import { setImmediate } from 'node:timers/promises';
import type { LogMasker } from '../core/secrets/logMasker';

/** So much is masked at once, in UTF-16 units: at worst, all of it names of secrets, some ms. */
const sliceLength = 4096;
/** After so many ms others have their turn. */
const turnMs = 3;

/** Masks a text of any length, and lets others have their turn meanwhile. */
export async function maskInTurns(masker: LogMasker, text: string): Promise<string> {
  let masked = '';
  let turnStartedMs = performance.now();
  for (let at = 0; at < text.length; at += sliceLength) {
    masked += masker.push(text.slice(at, at + sliceLength));
    if (performance.now() - turnStartedMs < turnMs) continue;
    await setImmediate();
    turnStartedMs = performance.now();
  }
  return masked;
}
