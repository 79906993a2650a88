import { describe, expect, test } from 'vitest';
import { lineColors, lineStyle, mostStyles } from '../../../webviews/shared/chart/runStyles';
import { themes } from '../../page/support/themes';

type Rgb = readonly [number, number, number];
type Matrix = readonly [Rgb, Rgb, Rgb];

/**
 * How colours look to those who lack one kind of cones, in linear RGB: G. M. Machado, M. M. Oliveira and
 * L. A. F. Fernandes, "A Physiologically-based Model for Simulation of Color Vision Deficiency" (2009).
 */
const visions: Readonly<Record<string, Matrix>> = {
  all: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

/** The luminance of sRGB's primaries; together with X and Z, IEC 61966-2-1. */
const toXyz: Matrix = [
  [0.4124564, 0.3575761, 0.1804375],
  [0.2126729, 0.7151522, 0.072175],
  [0.0193339, 0.119192, 0.9503041],
];
const white: Rgb = [0.95047, 1, 1.08883];

const times = (matrix: Matrix, [r, g, b]: Rgb): Rgb => {
  const row = ([x, y, z]: Rgb) => x * r + y * g + z * b;
  return [row(matrix[0]), row(matrix[1]), row(matrix[2])];
};

function toLinear(hex: string): Rgb {
  const channel = (at: number) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return [channel(1), channel(3), channel(5)];
}

/** CIE L*a*b* of a colour as it is seen. */
function toLab(hex: string, vision: Matrix): Rgb {
  const [r, g, b] = times(vision, toLinear(hex));
  const clamp = (value: number) => Math.min(1, Math.max(0, value));
  const [x, y, z] = times(toXyz, [clamp(r), clamp(g), clamp(b)]);
  const f = (t: number) => (t > 216 / 24389 ? Math.cbrt(t) : ((24389 / 27) * t + 16) / 116);
  const [fx, fy, fz] = [f(x / white[0]), f(y / white[1]), f(z / white[2])];
  return [116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)];
}

/** CIE 1976; 2.3 can just be told apart side by side. */
function distance(a: string, b: string, vision: Matrix): number {
  const [one, other] = [toLab(a, vision), toLab(b, vision)];
  return Math.hypot(one[0] - other[0], one[1] - other[1], one[2] - other[2]);
}

/** As WCAG 2.2 defines it. */
function contrast(a: string, b: string): number {
  const [one, other] = [times(toXyz, toLinear(a))[1], times(toXyz, toLinear(b))[1]];
  return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
}

describe.each([
  ['dark', true],
  ['light', false],
] as const)('The lines of runs on a %s ground', (_ground, isDark) => {
  test.each(Object.entries(visions))(
    'are of colours far apart for those who see %s',
    (_name, vision) => {
      const colors = lineColors(isDark);
      for (const [at, color] of colors.entries()) {
        for (const other of colors.slice(at + 1)) {
          const pair = `${color} ${other}`;
          expect([pair, distance(color, other, vision) >= 10]).toEqual([pair, true]);
        }
      }
    },
  );

  test('differ in colour or in dashes, and neighbours in both', () => {
    const all = Array.from({ length: mostStyles }, (_, at) => lineStyle(at, isDark));
    expect(new Set(all.map(({ color, dash }) => `${color} ${dash}`)).size).toBe(mostStyles);
    for (const [at, { color, dash }] of all.entries()) {
      const next = all[at + 1];
      if (next === undefined) continue;
      expect(next.color).not.toBe(color);
      expect(next.dash).not.toEqual(dash);
    }
  });
});

test.each([
  ['dark', true],
  ['light', false],
  ['hcDark', true],
  ['hcLight', false],
] as const)('Lines stand out from the ground of the theme %s', (name, isDark) => {
  const { variables } = themes[name];
  // On cards, as in a chart, and on an editor, as on a run's page.
  for (const ground of ['editorWidget-background', 'editor-background']) {
    for (const color of lineColors(isDark)) {
      const pair = `${color} on ${ground}`;
      expect([pair, contrast(color, variables[ground] ?? '') >= 3]).toEqual([pair, true]);
    }
  }
});
