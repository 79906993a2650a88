/** What a program says of itself in one line that begins with `epochlog:`. */
export interface ProtocolReport {
  readonly metrics?: readonly { readonly key: string; readonly value: number }[];
  readonly step?: number;
  readonly epoch?: number;
  /** Such as `train`, `val`, `test`. */
  readonly context?: string;
  readonly params?: readonly ProtocolEntry[];
  readonly tags?: readonly ProtocolEntry[];
  /** Paths of files that it wrote. */
  readonly artifacts?: readonly string[];
  /** What the run is called. */
  readonly name?: string;
  /** Begins a part of the run under this name. */
  readonly part?: string;
  /** Ends the part that is open. */
  readonly endsPart?: boolean;
}

export interface ProtocolEntry {
  readonly key: string;
  readonly value: string;
}

/** A line of the protocol that says nothing that can be understood. The message says why. */
export class MalformedLine extends Error {
  override readonly name = 'MalformedLine';
}
