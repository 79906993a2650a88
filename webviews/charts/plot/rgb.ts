export type Rgb = readonly [red: number, green: number, blue: number];

/** A CSS colour as `#rrggbb` or `rgb(…)`; of another the usual one of such themes. */
export function parseRgb(color: string, isDark: boolean): Rgb {
  const hex = /^#([\da-f]{6})/i.exec(color)?.[1];
  if (hex !== undefined) {
    const [red = 0, green = 0, blue = 0] = [0, 2, 4].map((at) =>
      Number.parseInt(hex.slice(at, at + 2), 16),
    );
    return [red, green, blue];
  }
  const parts =
    /^rgba?\(([^)]+)\)/
      .exec(color)?.[1]
      ?.split(/[\s,/]+/)
      .map(Number) ?? [];
  const [red, green, blue] = parts;
  if (red !== undefined && green !== undefined && blue !== undefined) return [red, green, blue];
  return isDark ? [31, 31, 31] : [255, 255, 255];
}

export function mixRgb(from: Rgb, to: Rgb, share: number): Rgb {
  const at = (channel: 0 | 1 | 2) =>
    Math.round(from[channel] + (to[channel] - from[channel]) * share);
  return [at(0), at(1), at(2)];
}

/** Black or white, whichever is read better on it (relative luminance of WCAG 2). */
export function contrastText(ground: Rgb): string {
  const [red, green, blue] = ground.map((value) => {
    const part = value / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  const luminance = 0.2126 * (red ?? 0) + 0.7152 * (green ?? 0) + 0.0722 * (blue ?? 0);
  return (luminance + 0.05) ** 2 > 1.05 * 0.05 ? '#000000' : '#ffffff';
}
