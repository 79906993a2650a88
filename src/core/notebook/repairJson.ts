/** Where and why a text is not JSON; `offset` in UTF-16 units. */
export interface JsonFault {
  readonly offset: number;
  readonly reason: string;
}

type Expected = 'value' | 'valueOrClose' | 'key' | 'keyOrClose' | 'colon' | 'commaOrClose';

const literal = /(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)(?![\w.+-])/y;
const nonFinite = /(?:NaN|-?Infinity)(?![\w.+-])/y;
const knownEscape = /\\(?:["\\/bfnrt]|u[\da-fA-F]{4})/y;
const blank = /[ \t\r\n]*/y;

/**
 * Reads a text that `JSON.parse` has refused. Python writes the bare words `NaN`, `Infinity` and
 * `-Infinity`, which JSON does not have; they become strings of the same spelling. Anything else
 * is a fault, and the first one is told. Iterative, so that deep nesting cannot exhaust the stack.
 */
export function repairJson(text: string): string | JsonFault {
  const repaired: string[] = [];
  let copiedTo = 0;
  let at = 0;
  // One entry per open bracket; what may come next is a function of it and of `expect`.
  const open: ('[' | '{')[] = [];
  let expect: Expected = 'value';

  const skipBlank = () => {
    blank.lastIndex = at;
    blank.exec(text);
    at = blank.lastIndex;
  };
  const match = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    return pattern.exec(text)?.[0];
  };

  for (;;) {
    skipBlank();
    if (expect === 'commaOrClose' && open.length === 0) {
      if (at < text.length) return { offset: at, reason: 'text after the end of the notebook' };
      repaired.push(text.slice(copiedTo));
      return repaired.join('');
    }
    const char = text[at];
    if (char === undefined) return { offset: at, reason: 'the text ends too early' };
    const inside = open.at(-1);
    const wantsKey: boolean = expect === 'key' || expect === 'keyOrClose';
    const closes = inside === '[' ? ']' : '}';

    if (expect === 'commaOrClose') {
      if (char === ',') expect = inside === '{' ? 'key' : 'value';
      else if (char === closes) open.pop();
      else return { offset: at, reason: `expected "," or "${closes}"` };
      at += 1;
    } else if (expect === 'colon') {
      if (char !== ':') return { offset: at, reason: 'expected ":"' };
      at += 1;
      expect = 'value';
    } else if ((expect === 'keyOrClose' || expect === 'valueOrClose') && char === closes) {
      open.pop();
      at += 1;
      expect = 'commaOrClose';
    } else if (char === '"') {
      const end = stringEnd(text, at);
      if (typeof end !== 'number') return end;
      at = end;
      expect = wantsKey ? 'colon' : 'commaOrClose';
    } else if (wantsKey) {
      return { offset: at, reason: 'expected a name in double quotes' };
    } else if (char === '[' || char === '{') {
      open.push(char);
      at += 1;
      expect = char === '[' ? 'valueOrClose' : 'keyOrClose';
    } else {
      const word = match(nonFinite);
      if (word !== undefined) repaired.push(text.slice(copiedTo, at), `"${word}"`);
      const found = word ?? match(literal);
      if (found === undefined) return { offset: at, reason: 'expected a value' };
      at += found.length;
      if (word !== undefined) copiedTo = at;
      expect = 'commaOrClose';
    }
  }
}

/** The offset after the string that starts at `start`. Finds its end without a backtracking regex. */
function stringEnd(text: string, start: number): number | JsonFault {
  for (let at = start + 1; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 0x22) return at + 1;
    if (code < 0x20) {
      return { offset: at, reason: 'a line break or control character in a string' };
    }
    if (code === 0x5c) {
      knownEscape.lastIndex = at;
      if (!knownEscape.test(text)) return { offset: at, reason: 'an unknown escape in a string' };
      at = knownEscape.lastIndex - 1;
    }
  }
  return { offset: text.length, reason: 'the text ends inside a string' };
}
