/** Follows the strings of Python that go over several lines, line by line. */
export function createQuoteTracker() {
  /** The three quotes that end the string that is open. */
  let open: string | undefined;
  return {
    /** Whether the next line begins inside a string. */
    isQuoted: (): boolean => open !== undefined,
    read(line: string): void {
      // A line without quotes changes nothing, and most have none.
      if (open === undefined && !line.includes('"""') && !line.includes("'''")) return;
      open = readLine(line, open);
    },
  };
}

function readLine(line: string, openBefore: string | undefined): string | undefined {
  let open = openBefore;
  for (let at = 0; at < line.length; ) {
    if (open !== undefined) {
      if (line[at] === '\\') at += 2;
      else if (line.startsWith(open, at)) {
        at += open.length;
        open = undefined;
      } else at++;
      continue;
    }
    const char = line[at];
    if (char === '#') return undefined;
    if (char !== '"' && char !== "'") at++;
    else if (line.startsWith(char.repeat(3), at)) {
      open = char.repeat(3);
      at += 3;
    } else at = endOfString(line, at, char);
  }
  return open;
}

/** Behind a string of one line, which ends with it at the latest. */
function endOfString(line: string, start: number, quote: string): number {
  for (let at = start + 1; at < line.length; at++) {
    if (line[at] === '\\') at++;
    else if (line[at] === quote) return at + 1;
  }
  return line.length;
}
