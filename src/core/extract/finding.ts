import type { ExtractedParam } from './extraction';
import type { BarKind } from './progressBar';

/** A value that a recogniser read, before the extractor places it and drops repetitions. */
export interface Reading {
  readonly key: string;
  readonly value: number;
  readonly context?: string | undefined;
  /**
   * `sure`: the format says that it is a metric; `guess`: only its behaviour can tell, so it is held
   * back until it has been seen to change along a growing step.
   */
  readonly certainty: 'sure' | 'guess';
  readonly step?: number | undefined;
  readonly epoch?: number | undefined;
  /** Whether the user named it, by a pattern. */
  readonly isNamed?: true;
}

/** What one recogniser made of a line. */
export interface Finding {
  readonly readings: readonly Reading[];
  readonly params?: readonly ExtractedParam[];
  /** The position that the line names for itself and, with `opens`, for the lines below it. */
  readonly step?: number | undefined;
  readonly epoch?: number | undefined;
  readonly context?: string | undefined;
  /** Lines below without a position of their own belong to this one. */
  readonly opens?: boolean;
  /** The readings are results of the whole run: they inherit no position. */
  readonly isFinal?: boolean;
  /** It is a bar of this kind that names no epoch, so the one that is open may be its own. */
  readonly bar?: BarKind;
}

/** What a recogniser may know besides its line. */
export interface LineContext {
  readonly epoch: number | undefined;
  readonly step: number | undefined;
  /** Whether any metric has been found yet. */
  readonly hasMetrics: boolean;
  /** What the line holds: bits of `sign`. */
  readonly signs: number;
}

/** A table whose rows are read by what stands above them. */
export interface OpenTable {
  /** A hash of all that its rows are read by. */
  readonly key: number;
  /** Whether a line is a row of it; `undefined` for a border or a blank line. */
  holds(line: string): boolean | undefined;
  /** Takes the next line for a row or for none, without reading it; too many that are none close it. */
  pass(isRow: boolean): void;
}

/**
 * Reads one family of formats. `recognise` gives `undefined` for a line that is not of it, so that
 * the next recogniser may try. A recogniser with a memory (a table's header) keeps it to itself.
 */
export interface Recogniser {
  readonly name: string;
  /** Bits of `sign`: a line without all of them is none of the family's, and is not shown to it. */
  readonly needs: number;
  recognise(line: string, context: LineContext): Finding | undefined;
  /** Whether a block is open, so that the lines that follow belong to it. */
  isOpen?(): boolean;
  /** The table that is open, if lines of one form are read alike as long as the same one is. */
  table?(): OpenTable | undefined;
  /** What a block that was still open gives at the end of the output. */
  end?(): Finding | undefined;
}
