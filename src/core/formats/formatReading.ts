import type { ExtractedMetric, ExtractedParam } from '../extract/extraction';

/** What the next bytes of a file say. */
export interface FormatReading {
  readonly metrics: readonly ExtractedMetric[];
  readonly params: readonly ExtractedParam[];
  /** What could not be read of it, as sentences without the file's name. */
  readonly notes: readonly string[];
}

/** Reads one file while it grows. Never throws: what cannot be read is left out, with a note. */
export interface FormatDecoder {
  /** Takes the next bytes, cut anywhere. */
  push(bytes: Uint8Array): FormatReading;
  /** Gives what only the end of the file makes sure, such as a last line that does not end. */
  end(): FormatReading;
}

export const emptyReading: FormatReading = { metrics: [], params: [], notes: [] };
