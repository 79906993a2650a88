import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createLogIndex, type LogIndex } from '../../../src/app/log/logIndex';
import { decodeLog } from '../../../src/core/terminal/decodeLog';

function indexOf(raw: string, partBytes?: number): LogIndex {
  const bytes = new TextEncoder().encode(raw);
  const index = createLogIndex(
    {
      sizeBytes: () => bytes.length,
      read: (start, length) => bytes.subarray(start, start + length),
    },
    partBytes,
  );
  while (!index.grow(0));
  return index;
}

const textsOf = (index: LogIndex) => index.read(0, index.lineCount).map(({ text }) => text);

/** What a program may write: text, line ends, redrawn lines, colours, moves as bars and tables make them. */
const piece = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom('loss 0.5', 'épreuve ✓', ' ', '100%|████|', 'x') },
  { weight: 5, arbitrary: fc.constantFrom('\n', '\r\n') },
  { weight: 2, arbitrary: fc.constantFrom('\r', '\b', '\x1b[K', '\x1b[2K', '\x1b[5G', '\t') },
  {
    weight: 3,
    arbitrary: fc.constantFrom('\x1b[31m', '\x1b[0m', '\x1b[1;38;5;208m', '\x1b]0;title\x07'),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      '\x1b[A',
      '\x1b[2A',
      '\x1b[B',
      '\x1b[F',
      '\x1b[2J',
      '\x1b[H',
      '\x1b[J',
    ),
  },
);

/** Sequences that nobody ends, and what ends lines beside line breaks, among others. */
const endedRows = [
  ...['x\n', 'y  \r\n', '\n', 'é\x1b[m\n', 'bar 1\b\b2\r\n', 'one\rtwo\x1b[K\n', 'a\x0bb\x0c\n'],
  ...[
    '\x1b]0;no end\n',
    '\x1b]0;end\x1b\\\n',
    'x\x1b[3\n',
    '\x1b\n',
    '\x1b\x1b[mx\n',
    '\x1b[>4;1m\n',
    '\x9bx\n',
  ],
];

describe('the index of a log', () => {
  it('has the lines that the terminal showed, whatever moved on it', () => {
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 400 }),
        fc.integer({ min: 1, max: 4000 }),
        (pieces, cut) => {
          // What is still open at the end counts when the log is over, as here.
          const raw = `${pieces.join('')}\n${'\n'.repeat(220)}end\n`;
          expect(textsOf(indexOf(raw, cut))).toEqual(decodeLog(raw).split('\n'));
        },
      ),
      { numRuns: 300 },
    );
  });

  it('reads any part as it reads the whole', () => {
    const raw = Array.from({ length: 3000 }, (_, n) => `\x1b[3${n % 8}mline ${n}\x1b[0m\r\n`).join(
      '',
    );
    const index = indexOf(raw);
    expect(index.lineCount).toBe(3000);
    const all = textsOf(index);
    expect(all[2999]).toBe('line 2999');
    for (const [start, end] of [
      [0, 3],
      [255, 258],
      [1000, 1300],
      [2998, 3010],
    ] as const) {
      expect(index.read(start, end).map(({ text }) => text)).toEqual(all.slice(start, end));
    }
  });

  it('knows the colour that is on since lines before', () => {
    const index = indexOf(`\x1b[32m${'green\n'.repeat(600)}\x1b[0mplain\n`);
    const [line] = index.read(599, 600);
    expect(index.palette.styleOf(line?.paint.charCodeAt(0) ?? 0)).toEqual({ foreground: 2 });
    expect(index.read(600, 601)[0]?.paint.charCodeAt(0)).toBe(0);
  });

  it('has the same texts by many lines at once, wherever one begins', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(piece, fc.constantFrom(...endedRows)), {
          maxLength: 60,
        }),
        fc.integer({ min: 1, max: 60 }),
        fc.integer({ min: 0, max: 600 }),
        (pieces, times, start) => {
          const index = indexOf(pieces.join('').repeat(times));
          const texts: string[] = [];
          for (let line = start; line < index.lineCount; ) {
            const { text, lineCount } = index.readTexts(line);
            if (lineCount === 0) break;
            expect(text.split('\n')).toHaveLength(lineCount);
            texts.push(...text.split('\n'));
            line += lineCount;
          }
          expect(texts).toEqual(textsOf(index).slice(start));
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('has texts without blanks at their ends, and of long lines as much as a screen keeps', () => {
    const rows = ['plain', 'blank  ', '', 'x'.repeat(20_000), 'tab\t', 'windows\r', 'end'];
    const index = indexOf(`${rows.join('\n')}\n`.repeat(400));
    const shown = rows.map((row) => row.slice(0, 16_384).trimEnd());
    for (let line = 0; line < index.lineCount; ) {
      const { text, lineCount } = index.readTexts(line);
      text.split('\n').forEach((each, at) => {
        expect(each === shown[(line + at) % rows.length]).toBe(true);
      });
      line += lineCount;
    }
  });

  it('grows with its log, and shows the unfinished line', () => {
    let bytes = new TextEncoder().encode('one\ntw');
    const index = createLogIndex({
      sizeBytes: () => bytes.length,
      read: (start, length) => bytes.subarray(start, start + length),
    });
    while (!index.grow(0));
    expect(textsOf(index)).toEqual(['one', 'tw']);
    bytes = new TextEncoder().encode('one\ntwo\nthree\n');
    while (!index.grow(0));
    expect(textsOf(index)).toEqual(['one', 'two', 'three']);
  });

  it('shows the last frame of a bar of many megabytes', () => {
    const frames = Array.from({ length: 100_000 }, (_, n) => `\r${n}/100000 [${'='.repeat(40)}]`);
    expect(textsOf(indexOf(`${frames.join('')}\nafter\n`))).toEqual([
      `99999/100000 [${'='.repeat(40)}]`,
      'after',
    ]);
  });
});
