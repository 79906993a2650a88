/** What the path of a file says of when it was written, and what is left of it without that. */
export interface MediaPath {
  /** The same for the files of one series; without a suffix. */
  readonly tag: string;
  readonly step?: number;
}

const words = 'global_step|steps?|iterations?|iters?|epochs?|ep|e|it|batch|checkpoint|ckpt';
/** `epoch_12`, `step=300`, `e12`, `iter-000100`; not the end of a longer word, as in `name12`. */
const worded = new RegExp(`(?<![A-Za-z])(?:${words})[-_= ]?(\\d+)(?![\\d.]*\\.\\d)(?!\\d)`, 'gi');
const trailing = /[-_.]?(\d+)$/;

/**
 * Gives files that belong to one series the same tag, with their steps: from words such as `epoch_12`
 * or `step=300` anywhere in the path, the last of them; else from a number at the end of the name, where
 * several files differ in it alone (`samples_100.png`, `samples_200.png`).
 */
export function readMediaPaths(paths: readonly string[]): readonly MediaPath[] {
  const read = paths.map(readWords);
  const counts = new Map<string, number>();
  for (const { tag, step } of read) {
    if (step === undefined)
      counts.set(withoutTrailing(tag), (counts.get(withoutTrailing(tag)) ?? 0) + 1);
  }
  return read.map(({ tag, step }) => {
    if (step !== undefined) return { tag, step };
    const number = trailing.exec(tag)?.[1];
    const base = withoutTrailing(tag);
    return number !== undefined && base !== '' && (counts.get(base) ?? 0) > 1
      ? { tag: base, step: Number(number) }
      : { tag };
  });
}

function readWords(path: string): MediaPath {
  const name = path.replaceAll('\\', '/').replace(/\.[A-Za-z]\w{0,4}$/, '');
  const found = [...name.matchAll(worded)].at(-1);
  if (found === undefined) return { tag: name };
  const before = name.slice(0, found.index);
  const after = name.slice(found.index + found[0].length);
  // What stood beside it goes with it: `samples_e12` is `samples`, `step=300/attn` is `attn`.
  const tag =
    `${before.replace(/[-_. ]+$/, '')}${after.replace(/^[-_. ]+/, before === '' || before.endsWith('/') ? '' : '_')}`
      .replaceAll(/\/{2,}/g, '/')
      .replaceAll(/^\/|\/$/g, '');
  return { tag: tag === '' ? 'images' : tag, step: Number(found[1]) };
}

function withoutTrailing(tag: string): string {
  return tag.replace(trailing, '');
}
