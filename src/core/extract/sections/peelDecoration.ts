/** Rules, brackets and the like around a heading: `=== Fold 2 ===`, `[Fold 2]`, `***** Fold 2 *****`. */
export function peelDecoration(line: string): string {
  let start = 0;
  let end = line.length;
  while (start < end && isDecoration(line.charCodeAt(start))) start++;
  while (end > start && isDecoration(line.charCodeAt(end - 1))) end--;
  return line.slice(start, end);
}

/** Blanks, ASCII punctuation but quotes and signs of numbers, and what is drawn beyond ASCII. */
function isDecoration(code: number): boolean {
  if (code <= 0x20) return true;
  if (code < 0x80) return '=-*#~_<>[](){}|:.!+^/\\'.includes(String.fromCharCode(code));
  return (code >= 0x2000 && code <= 0x2bff) || code >= 0x1f000;
}
