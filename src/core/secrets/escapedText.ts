/** Terminal text without what has no width, which stands apart with its place. */
export interface EscapedText {
  readonly plain: string;
  /** In order; `at` is the character of `plain` that it stands before. */
  readonly escapes: readonly { readonly at: number; readonly text: string }[];
}

// ECMA-48 control sequences; colours (m) and erasures to the end of the line (K) stand inside words.
const sequence = /\u001b\[[0-?]{0,48}[ -/]{0,4}[@-~]/y;
const openSequence = /\u001b(?:\[[0-?]{0,48}[ -/]{0,4})?$/;
const longestOpen = 56;

/** Where a control sequence begins that `text` may end in the middle of, else its length. */
export function openEscapeAt(text: string): number {
  const tail = text.slice(-longestOpen);
  if (!tail.includes('\u001b')) return text.length;
  const match = openSequence.exec(tail);
  return match === null ? text.length : text.length - tail.length + match.index;
}

/**
 * Takes the control sequences out of a text. Of one that moves the cursor its ESC stays, as it parts
 * what stands before from what stands behind.
 */
export function splitEscapes(text: string): EscapedText {
  const escapes: { at: number; text: string }[] = [];
  let plain = '';
  let from = 0;
  for (let at = text.indexOf(begin); at !== -1; at = text.indexOf(begin, at + 1)) {
    sequence.lastIndex = at;
    if (!sequence.test(text)) continue;
    const end = sequence.lastIndex;
    const final = text.charAt(end - 1);
    const until = final === 'm' || final === 'K' ? at : at + 1;
    plain += text.slice(from, until);
    escapes.push({ at: plain.length, text: text.slice(until, end) });
    from = end;
    at = end - 1;
  }
  return { plain: from === 0 ? text : plain + text.slice(from), escapes };
}

const begin = '\u001b[';
