/** A word of a shell command line with its quotes gone, or an operator between commands. */
export type CommandToken =
  | { readonly kind: 'word'; readonly text: string }
  | { readonly kind: 'operator'; readonly text: string };

// Redirections before the shorter operators that begin like them. `2>&1` and `>&2` name no file.
const OPERATOR = /(?:[\d*]?>>?&\d|&>>?|[\d*]?>>?|<<<|<<-?|<|\|\||\|&?|&&|&|;;?|\(|\)|\r?\n)/y;
const CONTINUATION = /(?:\\|`|\^)\r?\n(?:>+ ?)?/y;
const LONGEST_COMMAND_CHARS = 100_000;

/**
 * Splits what a user typed into words and operators: POSIX quotes and escapes, continued lines (with
 * the `> ` that the shell prompts), PowerShell's backtick and Windows paths. Nothing is expanded.
 */
export function splitCommand(commandLine: string): readonly CommandToken[] {
  const source = commandLine.slice(0, LONGEST_COMMAND_CHARS);
  const tokens: CommandToken[] = [];
  let word: string | undefined;
  let at = 0;

  const endWord = (): void => {
    if (word !== undefined) tokens.push({ kind: 'word', text: word });
    word = undefined;
  };

  while (at < source.length) {
    CONTINUATION.lastIndex = at;
    const continuation = CONTINUATION.exec(source);
    if (continuation !== null) {
      at += continuation[0].length;
      continue;
    }
    const char = source.charAt(at);
    if (char === ' ' || char === '\t') {
      endWord();
      at++;
      continue;
    }
    if (char === '#' && word === undefined) {
      const end = source.indexOf('\n', at);
      at = end === -1 ? source.length : end;
      continue;
    }
    // A digit before `>` is a file descriptor only at the beginning of a word.
    OPERATOR.lastIndex = at;
    const operator = word === undefined || !/[\d*]/.test(char) ? OPERATOR.exec(source) : null;
    if (operator !== null) {
      endWord();
      tokens.push({ kind: 'operator', text: operator[0] === '\r\n' ? '\n' : operator[0] });
      at += operator[0].length;
      continue;
    }
    const piece = readPiece(source, at);
    word = (word ?? '') + piece.text;
    at = piece.end;
  }
  endWord();
  return tokens;
}

/** One quoted run, one escape, or one plain character. */
function readPiece(source: string, at: number): { readonly text: string; readonly end: number } {
  const char = source.charAt(at);
  if (char === "'") {
    const end = source.indexOf("'", at + 1);
    if (end === -1) return { text: source.slice(at + 1), end: source.length };
    return { text: source.slice(at + 1, end), end: end + 1 };
  }
  if (char === '"') {
    let text = '';
    let place = at + 1;
    while (place < source.length && source.charAt(place) !== '"') {
      if (source.charAt(place) === '\\' && '"\\$`'.includes(source.charAt(place + 1))) place++;
      text += source.charAt(place++);
    }
    return { text, end: place + 1 };
  }
  if (char === '\\') {
    const next = source.charAt(at + 1);
    // Nobody escapes a letter by hand: `.\train.py` and `C:\data` are Windows paths.
    if (/[\w.]/.test(next)) return { text: char, end: at + 1 };
    return { text: next, end: at + 2 };
  }
  return { text: char, end: at + 1 };
}
