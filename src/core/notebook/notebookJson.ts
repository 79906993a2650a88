/** A JSON object of unknown content, as a file gives it. */
export type Json = Readonly<Record<string, unknown>>;

/** A text of the format: one string, or a list of strings to be joined. */
export function joinText(value: unknown): string {
  if (typeof value === 'string') return value;
  return Array.isArray(value) ? value.filter((part) => typeof part === 'string').join('') : '';
}

export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
