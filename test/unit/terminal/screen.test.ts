import { describe, expect, it } from 'vitest';
import { decodeLog } from '../../../src/core/terminal/decodeLog';
import { createScreen } from '../../../src/core/terminal/screen';

function replay(text: string): {
  readonly lines: readonly string[];
  readonly frames: readonly string[];
} {
  const lines: string[] = [];
  const frames: string[] = [];
  const screen = createScreen({
    line: (line) => lines.push(line),
    frame: (frame) => frames.push(frame),
  });
  screen.push(text);
  screen.end();
  return { lines, frames };
}

describe('a screen', () => {
  it.each([
    ['plain lines', 'a\r\nb\n', ['a', 'b']],
    ['a line without its end', 'a\nb', ['a', 'b']],
    ['empty lines', 'a\n\nb\n', ['a', '', 'b']],
    ['a redrawn line', 'abc\rx\n', ['xbc']],
    ['backspaces', 'abc\b\bX\n', ['aXc']],
    ['erasure to the end', 'abcdef\r\x1b[Kxy\n', ['xy']],
    ['erasure from the middle', 'abcdef\x1b[3D\x1b[K\n', ['abc']],
    ['erasure of the whole line', 'abc\x1b[2K\rz\n', ['z']],
    ['a column', 'abc\x1b[2GX\n', ['aXc']],
    ['moves beyond the end', 'ab\x1b[3Cc\n', ['ab   c']],
    ['deleted characters', 'abcd\x1b[3D\x1b[2P\n', ['ad']],
    ['styles', '\x1b[1;31mred\x1b[0m \x1b[38;5;33mx\x1b[m\n', ['red x']],
    ['titles and links', '\x1b]0;title\x07a\x1b]8;;http://x\x1b\\link\x1b]8;;\x1b\\\n', ['alink']],
    ['shell integration marks', '\x1b]633;C\x07out\x1b]633;D;0\x07\n', ['out']],
    ['the screen of an editor', 'a\n\x1b[?1049hloss 5\nstep\x1b[?1049lb\n', ['a', 'b']],
    ['character sets and modes', '\x1b(Ba\x1b[?25lb\x1b[?2004h\n', ['ab']],
    ['tabs', '[0]\trmse:1\n', ['[0]\trmse:1']],
    ['a broken sequence', 'a\x1b[12\nb\n', ['a', 'b']],
  ])('shows %s', (_name, text, expected) => {
    expect(replay(text).lines).toEqual(expected);
  });

  it('tells what a row showed before each redraw', () => {
    expect(replay('\r1/3\r2/3\r3/3\n')).toEqual({ lines: ['3/3'], frames: ['1/3', '2/3'] });
  });

  it('holds rows back once a program moves up, and tells each once', () => {
    const text =
      'outer 0\n\rinner 1\x1b[A\n\rinner 2\x1b[A\router 1\n\rinner 1\x1b[A\n\rinner 2\n\nend\n';
    expect(replay(text).lines).toEqual(['outer 0', 'outer 1', 'inner 2', '', 'end']);
  });

  it('tells lines at once again when redrawing is over', () => {
    const lines: string[] = [];
    const screen = createScreen({ line: (line) => lines.push(line), frame: () => undefined });
    screen.push(`a\nb\x1b[Ax\n${'y\n'.repeat(10)}`);
    screen.push('z\n');
    expect(lines.at(-1)).toBe('z');
  });

  it('goes on below a cleared window', () => {
    expect(replay('a\n\x1b[2J\x1b[Hb\n').lines).toEqual(['a', 'b']);
  });

  it('shows what is still open', () => {
    const screen = createScreen({ line: () => undefined, frame: () => undefined });
    screen.push('a\r\n50%');
    expect(screen.openRows()).toEqual([{ text: '50%', row: 1, drawn: 'end' }]);
    screen.push('\r6');
    expect(screen.openRows()).toEqual([{ text: '60%', row: 1, drawn: 'middle' }]);
    screen.push('\x1b[A');
    expect(screen.openRows()).toEqual([{ text: '60%', row: 1, drawn: 'nothing' }]);
  });

  it('keeps no more of a line than a line needs', () => {
    const [line = ''] = replay(`${'x'.repeat(5_000_000)}\n`).lines;
    expect(line.length).toBeLessThan(100_000);
  });
});

describe('decodeLog', () => {
  it('gives the text that a reader saw', () => {
    expect(decodeLog('\x1b[32mok\x1b[0m\r\n10%\r99%\r\n')).toBe('ok\n99%');
  });
});
