/** What an escape sequence asks of a screen; sequences that only name or ask are dropped. */
export type EscapeAction =
  | { readonly kind: 'style'; readonly parameters: string }
  | { readonly kind: 'csi'; readonly final: string; readonly value: number | undefined }
  | { readonly kind: 'alternate'; readonly on: boolean };

/** Reads escape sequences (ECMA-48) that may be cut anywhere between chunks. */
export interface EscapeParser {
  /** Whether a sequence has begun and not ended. */
  active(): boolean;
  /** Begins a sequence at ESC (0x1b) or the one-character CSI (0x9b). */
  begin(code: number): void;
  /** Reads on from `at`; gives the place after what it used. */
  consume(text: string, at: number, act: (action: EscapeAction) => void): number;
}

type State = 'ground' | 'escape' | 'intermediate' | 'csi' | 'string' | 'stringEscape';

const ALTERNATE_SCREEN = /^\?(?:47|1047|1049)$/;
const MAX_PARAMETER_CHARS = 64;

/** @param tellsStyles whether those that only style are wanted. */
export function createEscapeParser(tellsStyles = false): EscapeParser {
  let state: State = 'ground';
  let parameters = '';

  function endOfCsi(final: string, act: (action: EscapeAction) => void): void {
    state = 'ground';
    if (ALTERNATE_SCREEN.test(parameters)) {
      if (final === 'h' || final === 'l') act({ kind: 'alternate', on: final === 'h' });
      return;
    }
    if (final === 'm') {
      if (tellsStyles && /^[\d;:]*$/.test(parameters)) act({ kind: 'style', parameters });
      return;
    }
    if (!/^[\d;]*$/.test(parameters)) return;
    const first = Number.parseInt(parameters, 10);
    act({ kind: 'csi', final, value: Number.isNaN(first) ? undefined : first });
  }

  function afterEscape(char: string, act: (action: EscapeAction) => void): void {
    state = 'ground';
    if (char === '[') {
      state = 'csi';
      parameters = '';
    } else if (']PX^_'.includes(char)) state = 'string';
    else if (char >= ' ' && char <= '/') state = 'intermediate';
    else if (char === 'M') act({ kind: 'csi', final: 'A', value: 1 });
    else if (char === 'c') act({ kind: 'csi', final: 'J', value: 2 });
  }

  return {
    active: () => state !== 'ground',
    begin(code) {
      state = code === 0x9b ? 'csi' : 'escape';
      parameters = '';
    },
    consume(text, at, act) {
      let place = at;
      while (place < text.length && state !== 'ground') {
        const char = text.charAt(place);
        const code = text.charCodeAt(place);
        switch (state) {
          case 'escape':
            // A control inside a sequence means that the sequence was broken off.
            if (code < 0x20) {
              state = code === 0x1b ? 'escape' : 'ground';
              if (code === 0x1b) place++;
              break;
            }
            afterEscape(char, act);
            place++;
            break;
          case 'intermediate':
            if (code < 0x20 || code > 0x2f) state = 'ground';
            if (code >= 0x20) place++;
            break;
          case 'csi':
            if (code < 0x20 || code > 0x7e) {
              state = 'ground';
              break;
            }
            place++;
            if (code >= 0x40) endOfCsi(char, act);
            else if (parameters.length < MAX_PARAMETER_CHARS) parameters += char;
            break;
          case 'string':
            place++;
            if (code === 0x07 || code === 0x9c) state = 'ground';
            else if (code === 0x1b) state = 'stringEscape';
            // No real sequence holds a line break: without this, one stray ESC ] would eat the log.
            else if (code === 0x0a) state = 'ground';
            break;
          case 'stringEscape':
            state = 'ground';
            if (char === '\\') place++;
            else {
              state = 'escape';
            }
            break;
        }
      }
      return place;
    },
  };
}
