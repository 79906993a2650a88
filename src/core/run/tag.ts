/** Reads what a user types as a tag: `baseline` has the value ``, `data=v2` has `v2`. */
export function parseTag(
  text: string,
): { readonly key: string; readonly value: string } | undefined {
  const [key = '', ...rest] = text.trim().replace(/^#/, '').split('=');
  return key.trim() === '' ? undefined : { key: key.trim(), value: rest.join('=').trim() };
}

/** As it is shown, and as `parseTag` reads it again. */
export function tagText(key: string, value: string): string {
  return value === '' ? key : `${key}=${value}`;
}
