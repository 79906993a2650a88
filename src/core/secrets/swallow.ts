/**
 * Goes over the characters of a secret once it is known where it begins, however long it is and
 * wherever the text is cut.
 */
export interface Swallow {
  /**
   * @param at where to go on; the text before it is only looked at.
   * @param isEnd whether nothing comes after `text`.
   * @returns where the secret ends, or how far it is certain that it goes on.
   */
  next(text: string, at: number, isEnd: boolean): { readonly at: number; readonly done: boolean };
}

/** As many characters as a sticky pattern of one repeated class takes. */
export function swallowClass(pattern: RegExp): Swallow {
  return {
    next(text, at, isEnd) {
      pattern.lastIndex = at;
      const end = pattern.test(text) ? pattern.lastIndex : at;
      return { at: end, done: isEnd || end < text.length };
    },
  };
}

/** So many characters, which the text is known to have. */
export function swallowCount(count: number): Swallow {
  return { next: (_text, at) => ({ at: at + count, done: true }) };
}

const blank = /[\s\u0000-\u001f\u007f-\u009f]/;
const plainRun = /[^\s\u0000-\u001f\u007f-\u009f"'`\\,;&)\]}|<>]+/y;
const quotedRun = /[^\u0000-\u0008\u000a-\u001f\u007f-\u009f"'`\\]+/y;
// What may follow the punctuation that ends a value; a password has it in its middle.
const closing = /[)\]}|>.,;:"'`\\]*(?:[\s\u0000-\u001f\u007f-\u009f]|$)/y;
const nextField = /["']?[A-Za-z_][\w.-]{0,40}["']?[=:]/y;
const lookAhead = 66;

/**
 * A value as a shell, JSON, Python or a log writes it: quoted or not, or in pieces that touch.
 *
 * @param openQuote the quote before its first character (`"`, `'`, `` ` ``, or one of these after a
 * backslash), or nothing.
 */
export function swallowValue(openQuote: string): Swallow {
  let quote = openQuote;
  let skipNext = false;

  function plainEnds(text: string, at: number): boolean {
    const char = text.charAt(at);
    const window = text.slice(at + 1, at + lookAhead - 1);
    if (/["'`]/.test(char)) return window === '' || /^[\s,:;)}\]]/.test(window);
    closing.lastIndex = 0;
    if (closing.test(window)) return true;
    nextField.lastIndex = 0;
    return /[,;&]/.test(char) && nextField.test(window.trimStart());
  }

  return {
    next(text, from, isEnd) {
      let at = from;
      while (at < text.length) {
        const char = text.charAt(at);
        if (skipNext) {
          skipNext = false;
          if (char === '\n' || char === '\r') return { at, done: true };
          at++;
          continue;
        }
        const run = quote === '' ? plainRun : quotedRun;
        run.lastIndex = at;
        if (run.test(text)) {
          at = run.lastIndex;
          continue;
        }
        if (quote === '' ? blank.test(char) : char !== '\t' && blank.test(char)) {
          return { at, done: true };
        }
        // What comes next says what this one is.
        if (!isEnd && text.length - at <= lookAhead && !hasLineEnd(text, at)) {
          return { at, done: false };
        }
        if (char === '\\') {
          const follows = text.charAt(at + 1);
          if (quote.length === 2 && follows === quote.charAt(1)) return { at, done: true };
          // The quote of a string that this value lies in has been escaped with it.
          if (quote === '' && isQuote(follows) && plainEnds(text, at + 1)) {
            return { at, done: true };
          }
          skipNext = true;
          at++;
        } else if (quote === '') {
          if (plainEnds(text, at)) return { at, done: true };
          if (isQuote(char)) quote = char;
          at++;
        } else if (char === quote.charAt(quote.length - 1)) {
          const follows = text.charAt(at + 1);
          if (quote.length === 2 || !/[\w"'`$@%+./=-]/.test(follows)) return { at, done: true };
          quote = '';
          at++;
        } else at++;
      }
      return { at, done: isEnd };
    },
  };
}

const isQuote = (char: string): boolean => char === '"' || char === "'" || char === '`';

function hasLineEnd(text: string, at: number): boolean {
  const end = /[\r\n]/g;
  end.lastIndex = at;
  return end.test(text);
}

/** All up to the end of the line, or up to `quote` if the line stands in one. */
export function swallowLine(quote: string): Swallow {
  return {
    next(text, from, isEnd) {
      for (let at = from; at < text.length; at++) {
        const char = text.charAt(at);
        if (char === '\n' || char === '\r' || char === quote) return { at, done: true };
      }
      return { at: text.length, done: isEnd };
    },
  };
}

const longestPem = 64 * 1024;

/**
 * The body of a private key (RFC 7468, RFC 1421, RFC 4880) down to its last line, which stays. A body
 * that never ends is cut where something stands that no body has.
 */
export function swallowPem(): Swallow {
  let taken = 0;
  let lines = 0;
  let inHeader = false;
  /** Whether the line holds nothing yet but what could be the name of a header. */
  let isName = false;
  return {
    next(text, from, isEnd) {
      for (let at = from; at < text.length; at++) {
        const char = text.charAt(at);
        if (taken++ > longestPem) return { at, done: true };
        if (char === '-') {
          if (!isEnd && text.length - at < endMark.length) {
            taken--;
            return { at, done: false };
          }
          if (text.startsWith(endMark, at)) return { at, done: true };
        }
        if (char === '\n') {
          lines++;
          inHeader = false;
          isName = true;
          continue;
        }
        if (inHeader) continue;
        if (char === ':' && isName && lines <= 4) inHeader = true;
        else if (!/[\w+/=\s\\,"'|>#-]/.test(char)) return { at, done: true };
        isName &&= /[A-Za-z-]/.test(char);
      }
      return { at: text.length, done: isEnd };
    },
  };
}

const endMark = '-----END';
