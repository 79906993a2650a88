import { createQuoteTracker } from './quoteTracker';

/** What only IPython understands, commented out any number of times (Jupytext's `magics.py`). */
const magic = /^\s*(?:#\s?)*%{1,3}[a-zA-Z]/;
const shell = /^\s*(?:(?:#\s?)+\s*)?[?!]\s*[A-Za-z.~$\\/{}]/;
const assigned = /^(?:#\s?)*\s*[a-zA-Z_]\w*\s*=\s*(?:%{1,2}|!)[a-zA-Z]/;
const continued = /\\\s*$/;

/** The source as a notebook has it: magics that are commented out in the script come back. */
export function uncommentMagics(lines: readonly string[]): readonly string[] {
  return eachMagic(lines, (line) => line.replace(/^(\s*)# ?/, '$1'));
}

/** The source as a script has it, so that Python can run it. */
export function commentMagics(lines: readonly string[]): readonly string[] {
  return eachMagic(lines, (line, isContinuation) =>
    isContinuation ? `# ${line}` : line.replace(/^\s*/, '$&# '),
  );
}

/** Whether a source has magics as a notebook has them. */
export function hasBareMagic(lines: readonly string[]): boolean {
  let found = false;
  eachMagic(lines, (line, isContinuation) => {
    if (!isContinuation && !/^\s*#/.test(line)) found = true;
    return line;
  });
  return found;
}

function eachMagic(
  lines: readonly string[],
  change: (line: string, isContinuation: boolean) => string,
): readonly string[] {
  const quotes = createQuoteTracker();
  let isNext = false;
  return lines.map((line) => {
    const isContinuation = isNext;
    const isMagic = !quotes.isQuoted() && (isContinuation || isMagicLine(line));
    quotes.read(line);
    isNext = isMagic && continued.test(line);
    return isMagic ? change(line, isContinuation) : line;
  });
}

function isMagicLine(line: string): boolean {
  return magic.test(line) || shell.test(line) || assigned.test(line);
}
