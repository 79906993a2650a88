/** Readers of what a page kept of itself: written by an earlier version, or by nobody knows whom. */

export function objectOf(kept: unknown): Readonly<Record<string, unknown>> {
  // SAFETY: any object can be read by name; what is read is checked where it is used.
  return typeof kept === 'object' && kept !== null ? (kept as Record<string, unknown>) : {};
}

export function stringsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}
