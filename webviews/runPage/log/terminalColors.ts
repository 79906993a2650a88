import { rgbBase, type TextStyle } from '../../../src/core/terminal/textStyle';

/** How a span of a log is drawn, as properties of its element. */
export type SpanStyle = Readonly<Record<string, string>>;

type Rgb = readonly [red: number, green: number, blue: number];

const names = ['Black', 'Red', 'Green', 'Yellow', 'Blue', 'Magenta', 'Cyan', 'White'];
/** What VS Code takes in its dark theme, where a page is told of no terminal colours. */
const fallbacks = [
  ...['#000000', '#cd3131', '#0dbc79', '#e5e510', '#2472c8', '#bc3fbc', '#11a8cd', '#e5e5e5'],
  ...['#666666', '#f14c4c', '#23d18b', '#f5f543', '#3b8eea', '#d670d6', '#29b8db', '#e5e5e5'],
];
/** WCAG asks for 4.5, as does VS Code's terminal; the line that is chosen has a ground a little nearer. */
const leastContrast = 5.5;

/**
 * The colours of a terminal in the theme of now. As in VS Code's terminal, text too faint to be read on its
 * background is drawn lighter or darker: a program knows nothing of the theme.
 */
export function createTerminalColors(): (style: TextStyle) => SpanStyle {
  const styles = getComputedStyle(document.body);
  const read = (name: string, fallback: string) =>
    parseColor(styles.getPropertyValue(`--vscode-${name}`).trim()) ??
    parseColor(fallback) ?? [128, 128, 128];
  const palette = fallbacks.map((fallback, at) =>
    read(`terminal-ansi${at < 8 ? '' : 'Bright'}${names[at % 8]}`, fallback),
  );
  const background = read('editor-background', '#1e1e1e');
  const foreground = read('editor-foreground', read('foreground', '#cccccc').join());
  const colorOf = (color: number): Rgb => {
    if (color >= rgbBase) return [(color >> 16) & 255, (color >> 8) & 255, color & 255];
    return palette[color] ?? cubeColor(color);
  };
  const known = new Map<TextStyle, SpanStyle>();

  function toSpanStyle(style: TextStyle): SpanStyle {
    const own = style.foreground === undefined ? undefined : colorOf(style.foreground);
    const behind = style.background === undefined ? undefined : colorOf(style.background);
    const [text, under] = style.inverse ? [behind ?? background, own ?? foreground] : [own, behind];
    const shownUnder = under ?? background;
    const dimmed = style.dim ? mix(text ?? foreground, shownUnder, 0.35) : text;
    const isHidden = style.hidden === true;
    const needsColor = dimmed !== undefined || under !== undefined;
    const color = isHidden ? shownUnder : readable(dimmed ?? foreground, shownUnder);
    const lines = [style.underline && 'underline', style.strike && 'line-through'].filter(Boolean);
    return {
      ...(needsColor || isHidden ? { color: toCss(color) } : {}),
      ...(under === undefined ? {} : { backgroundColor: toCss(under) }),
      ...(style.bold ? { fontWeight: 'bold' } : {}),
      ...(style.italic ? { fontStyle: 'italic' } : {}),
      ...(lines.length > 0 ? { textDecoration: lines.join(' ') } : {}),
    };
  }

  return (style) => {
    let span = known.get(style);
    if (span === undefined) {
      span = toSpanStyle(style);
      known.set(style, span);
    }
    return span;
  };
}

/** 16–231 are a cube of six levels a channel, 232–255 greys (as xterm has them). */
function cubeColor(color: number): Rgb {
  if (color >= 232) {
    const grey = 8 + (color - 232) * 10;
    return [grey, grey, grey];
  }
  const at = color - 16;
  const level = (n: number) => (n === 0 ? 0 : 55 + n * 40);
  return [level(Math.floor(at / 36)), level(Math.floor(at / 6) % 6), level(at % 6)];
}

function parseColor(text: string): Rgb | undefined {
  const hex = /^#([0-9a-f]{6})/i.exec(text)?.[1] ?? /^#([0-9a-f]{3})$/i.exec(text)?.[1];
  if (hex !== undefined) {
    const full = hex.length === 3 ? [...hex].map((digit) => digit + digit).join('') : hex;
    const value = Number.parseInt(full, 16);
    return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
  }
  const [red, green, blue] = (text.match(/[\d.]+/g) ?? []).map(Number);
  if (red === undefined || green === undefined || blue === undefined) return undefined;
  return [red, green, blue];
}

function toCss([red, green, blue]: Rgb): string {
  return `rgb(${Math.round(red)}, ${Math.round(green)}, ${Math.round(blue)})`;
}

/** The colour, or as much nearer to white or black as it takes to be read. */
function readable(color: Rgb, background: Rgb): Rgb {
  if (contrast(color, background) >= leastContrast) return color;
  const white: Rgb = [255, 255, 255];
  const black: Rgb = [0, 0, 0];
  const end = contrast(white, background) > contrast(black, background) ? white : black;
  for (let share = 0.1; share < 1; share += 0.1) {
    const mixed = mix(color, end, share);
    if (contrast(mixed, background) >= leastContrast) return mixed;
  }
  return end;
}

function mix(from: Rgb, to: Rgb, share: number): Rgb {
  const at = (channel: 0 | 1 | 2) => from[channel] + (to[channel] - from[channel]) * share;
  return [at(0), at(1), at(2)];
}

/** WCAG 2.2, "contrast ratio". */
function contrast(a: Rgb, b: Rgb): number {
  const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

function luminance(color: Rgb): number {
  const [red, green, blue] = color.map((channel) => {
    const share = channel / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
