/** The lines of a log, however many, in about as much memory as their text. */
export interface LineBlocks {
  readonly count: number;
  /** One line without its line break. */
  push(line: string): void;
  /** The lines from `start` up to, not including, `end`. */
  read(start: number, end: number): readonly string[];
}

/** Strings cost a header each, so lines are held joined, as bytes. */
const blockLines = 512;

export function createLineBlocks(): LineBlocks {
  const blocks: Buffer[] = [];
  let open: string[] = [];
  let lastBlock: { readonly at: number; readonly lines: readonly string[] } | undefined;

  function blockAt(at: number): readonly string[] {
    const bytes = blocks[at];
    if (bytes === undefined) return open;
    if (lastBlock?.at !== at) lastBlock = { at, lines: bytes.toString('utf8').split('\n') };
    return lastBlock.lines;
  }

  return {
    get count() {
      return blocks.length * blockLines + open.length;
    },
    push(line) {
      open.push(line);
      if (open.length < blockLines) return;
      blocks.push(Buffer.from(open.join('\n'), 'utf8'));
      open = [];
    },
    read(start, end) {
      const lines: string[] = [];
      for (let at = Math.max(0, start); at < end; ) {
        const block = Math.floor(at / blockLines);
        const from = at % blockLines;
        const part = blockAt(block).slice(from, from + end - at);
        if (part.length === 0) break;
        lines.push(...part);
        at += part.length;
      }
      return lines;
    },
  };
}
