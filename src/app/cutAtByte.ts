/**
 * Cuts a text in two where a byte of the output that it is a part of stands.
 *
 * @param endByte where the text ends in that output, as UTF-8.
 */
export function cutAtByte(
  text: string,
  endByte: number,
  atByte: number,
): readonly [before: string, after: string] {
  if (atByte >= endByte) return [text, ''];
  const bytes = new TextEncoder().encode(text);
  const at = atByte - (endByte - bytes.length);
  if (at <= 0) return ['', text];
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  return [decoder.decode(bytes.subarray(0, at)), decoder.decode(bytes.subarray(at))];
}
