/** A word of a shell command line with its quotes gone, or an operator between commands. */
export interface CommandToken {
  readonly kind: 'word' | 'operator';
  readonly text: string;
  /** Where it stands in the command line, with its quotes. */
  readonly start: number;
  readonly end: number;
}

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
  let wordStart = 0;
  let wordEnd = 0;
  let at = 0;

  const endWord = (): void => {
    if (word !== undefined) {
      tokens.push({ kind: 'word', text: word, start: wordStart, end: wordEnd });
    }
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
      const text = operator[0] === '\r\n' ? '\n' : operator[0];
      tokens.push({ kind: 'operator', text, start: at, end: at + operator[0].length });
      at += operator[0].length;
      continue;
    }
    const piece = readPiece(source, at);
    if (word === undefined) wordStart = at;
    word = (word ?? '') + piece.text;
    at = piece.end;
    wordEnd = Math.min(at, source.length);
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
