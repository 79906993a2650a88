import { expect, test } from 'vitest';
import { applyRendition, plainStyle, rgbBase } from '../../../src/core/terminal/textStyle';

const styleOf = (...all: readonly string[]) => all.reduce(applyRendition, plainStyle);

test.each([
  ['1;31', { bold: true, foreground: 1 }],
  ['97;104', { foreground: 15, background: 12 }],
  ['38;5;208;48;5;17', { foreground: 208, background: 17 }],
  ['38;2;1;2;3', { foreground: rgbBase + 0x010203 }],
  ['38:2::1:2:3', { foreground: rgbBase + 0x010203 }],
  ['38:5:9', { foreground: 9 }],
  ['4;7;9;3;2', { underline: true, inverse: true, strike: true, italic: true, dim: true }],
  ['', {}],
  ['38;5', {}],
  ['38;2;300;0;0', {}],
  ['99999;31', { foreground: 1 }],
])('%s', (parameters, style) => {
  expect(styleOf(parameters)).toEqual(style);
});

test('what is turned off leaves the rest', () => {
  expect(styleOf('1;2;4;31;44', '22;24;39')).toEqual({ background: 4 });
  expect(styleOf('1;31', '0;32')).toEqual({ foreground: 2 });
  expect(styleOf('1;31', '')).toEqual({});
});
