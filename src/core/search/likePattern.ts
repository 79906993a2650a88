/** Whether a text is as the pattern says, in which `%` is any text and `_` any one character. */
export function isLike(text: string, pattern: string): boolean {
  const chars = [...text];
  const parts = [...pattern];
  let at = 0;
  let next = 0;
  let lastWild = -1;
  let triedFrom = 0;
  while (at < chars.length) {
    const part = parts[next];
    if (part === '%') {
      lastWild = next;
      triedFrom = at;
      next++;
    } else if (part !== undefined && (part === '_' || part === chars[at])) {
      at++;
      next++;
    } else if (lastWild >= 0) {
      triedFrom++;
      at = triedFrom;
      next = lastWild + 1;
    } else {
      return false;
    }
  }
  return parts.slice(next).every((part) => part === '%');
}

/** The same as SQLite's GLOB has it. */
export function likeToGlob(pattern: string): string {
  return pattern.replaceAll(/[%_*?[]/g, (char) => {
    if (char === '%') return '*';
    return char === '_' ? '?' : `[${char}]`;
  });
}
