import { createLogMasker } from './logMasker';

export interface MaskedText {
  readonly text: string;
  /** How many secrets stand masked in it now that did not before. */
  readonly count: number;
}

/** Puts a fixed mark in the place of each credential in a text. */
export function maskText(text: string): MaskedText {
  const masker = createLogMasker();
  const masked = masker.push(text) + masker.end();
  return { text: masked, count: masker.count };
}
