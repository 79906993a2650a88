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

/** What `stableJson` still has to write: a value, or text as it is. */
type Pending = { readonly value: unknown } | { readonly text: string };

/**
 * JSON text with the keys of objects in order, so that equal values give equal texts. Iterative:
 * `JSON.parse` reads nesting of any depth, which `JSON.stringify` then cannot write.
 */
export function stableJson(root: unknown): string {
  const written: string[] = [];
  const pending: Pending[] = [{ value: root }];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if ('text' in next) {
      written.push(next.text);
    } else if (Array.isArray(next.value)) {
      pending.push({ text: ']' });
      for (let i = next.value.length - 1; i >= 0; i -= 1) {
        pending.push({ value: next.value[i] }, { text: i === 0 ? '' : ',' });
      }
      written.push('[');
    } else if (isObject(next.value)) {
      pending.push({ text: '}' });
      const keys = Object.keys(next.value).sort();
      for (let i = keys.length - 1; i >= 0; i -= 1) {
        const key = keys[i] ?? '';
        const label = `${i === 0 ? '' : ','}${JSON.stringify(key)}:`;
        pending.push({ value: next.value[key] }, { text: label });
      }
      written.push('{');
    } else {
      written.push(JSON.stringify(next.value) ?? 'null');
    }
  }
  return written.join('');
}
