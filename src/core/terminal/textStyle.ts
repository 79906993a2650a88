/** How a character of a terminal looks; what is not named is as the theme has it. */
export interface TextStyle {
  /** 0–255 is a colour of the palette, of which the theme has the first 16; `rgbBase + 0xrrggbb` is itself. */
  readonly foreground?: number;
  readonly background?: number;
  readonly bold?: true;
  readonly dim?: true;
  readonly italic?: true;
  readonly underline?: true;
  readonly inverse?: true;
  readonly hidden?: true;
  readonly strike?: true;
}

export const plainStyle: TextStyle = {};
export const rgbBase = 0x1000000;

type Flag = 'bold' | 'dim' | 'italic' | 'underline' | 'inverse' | 'hidden' | 'strike';

const flagsOn: Readonly<Record<number, Flag>> = {
  1: 'bold',
  2: 'dim',
  3: 'italic',
  4: 'underline',
  7: 'inverse',
  8: 'hidden',
  9: 'strike',
  21: 'underline',
};
const flagsOff: Readonly<Record<number, readonly Flag[]>> = {
  22: ['bold', 'dim'],
  23: ['italic'],
  24: ['underline'],
  27: ['inverse'],
  28: ['hidden'],
  29: ['strike'],
};

/** What "select graphic rendition" (ECMA-48, CSI … m) makes of a style; what it does not know is passed over. */
export function applyRendition(style: TextStyle, parameters: string): TextStyle {
  let next: { -readonly [Key in keyof TextStyle]: TextStyle[Key] } = { ...style };
  const codes = parameters.split(';');
  for (let at = 0; at < codes.length; at++) {
    const [first = '', ...rest] = (codes[at] ?? '').split(':');
    const code = first === '' ? 0 : Number(first);
    const on = flagsOn[code];
    if (code === 0) next = {};
    else if (code === 4 && rest[0] === '0') delete next.underline;
    else if (on !== undefined) next[on] = true;
    else if (flagsOff[code] !== undefined) for (const flag of flagsOff[code]) delete next[flag];
    else if (code >= 30 && code <= 37) next.foreground = code - 30;
    else if (code >= 90 && code <= 97) next.foreground = code - 90 + 8;
    else if (code === 39) delete next.foreground;
    else if (code >= 40 && code <= 47) next.background = code - 40;
    else if (code >= 100 && code <= 107) next.background = code - 100 + 8;
    else if (code === 49) delete next.background;
    else if (code === 38 || code === 48) {
      // The parts of the colour stand behind colons in one parameter, or in the parameters that follow.
      const isInline = rest.length > 0;
      const { color, used } = readColor(
        isInline ? withoutSpace(rest) : codes.slice(at + 1, at + 5),
      );
      if (!isInline) at += used;
      if (color !== undefined) next[code === 38 ? 'foreground' : 'background'] = color;
    }
  }
  return next;
}

/** `2:<colour space>:r:g:b` may name a colour space, mostly nothing. */
function withoutSpace(parts: readonly string[]): readonly string[] {
  return parts[0] === '2' && parts.length > 4 ? ['2', ...parts.slice(2)] : parts;
}

function readColor(parts: readonly string[]): { color: number | undefined; used: number } {
  const byteAt = (at: number) => {
    const value = Number(parts[at] ?? Number.NaN);
    return Number.isInteger(value) && value >= 0 && value <= 255 ? value : undefined;
  };
  if (parts[0] === '5') return { color: byteAt(1), used: 2 };
  if (parts[0] !== '2') return { color: undefined, used: 1 };
  const [red, green, blue] = [byteAt(1), byteAt(2), byteAt(3)];
  const isWhole = red !== undefined && green !== undefined && blue !== undefined;
  return { color: isWhole ? rgbBase + red * 65_536 + green * 256 + blue : undefined, used: 4 };
}
