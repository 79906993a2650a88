/**
 * Whether a path matches a glob: `*` stands for anything within one part of the path, `?` for one
 * character, and a part `**` for any number of parts. Letters count as they are written.
 *
 * Patterns come from a workspace's settings, so the time is bounded by the product of both lengths
 * for any pattern, which no translation to a regular expression can promise.
 */
export function matchesGlob(path: string, glob: string): boolean {
  return matches(path.split('/'), glob.split('/'), {
    isMany: (part) => part === '**',
    isOne: (part, pattern) =>
      matches([...part], [...pattern], {
        isMany: (character) => character === '*',
        isOne: (character, wanted) => wanted === '?' || wanted === character,
      }),
  });
}

interface Rules {
  /** Whether a pattern's item stands for any number of items. */
  readonly isMany: (pattern: string) => boolean;
  readonly isOne: (item: string, pattern: string) => boolean;
}

/** Greedy, with one way back: to the last item that stands for many, which then takes one more. */
function matches(items: readonly string[], pattern: readonly string[], rules: Rules): boolean {
  let at = 0;
  let wanted = 0;
  let manyAt = -1;
  let resumeAt = 0;
  while (at < items.length) {
    const next = pattern[wanted];
    if (next !== undefined && rules.isMany(next)) {
      manyAt = wanted;
      resumeAt = at;
      wanted += 1;
    } else if (next !== undefined && rules.isOne(items[at] ?? '', next)) {
      at += 1;
      wanted += 1;
    } else if (manyAt >= 0) {
      resumeAt += 1;
      at = resumeAt;
      wanted = manyAt + 1;
    } else {
      return false;
    }
  }
  return pattern.slice(wanted).every(rules.isMany);
}
