import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createExtractor } from '../../../src/core/extract/extractor';
import { createScreen } from '../../../src/core/terminal/screen';
import { classical } from './families/classical';
import { language } from './families/language';
import { reinforcement } from './families/reinforcement';
import { searches } from './families/searches';
import { speech } from './families/speech';
import { training } from './families/training';
import { vision } from './families/vision';
import { withoutTraining } from './families/withoutTraining';

const CAPTURES = path.resolve(import.meta.dirname, '../../fixtures/captures');
const captures = readdirSync(CAPTURES)
  .filter((file) => file.endsWith('.capture'))
  .map((file) => readFileSync(path.join(CAPTURES, file), 'utf8'));
const printed = [training, language, vision, speech, reinforcement, classical, searches]
  .flat()
  .map(({ text }) => text)
  .concat(Object.values(withoutTraining))
  .map((lines) => `${lines.join('\r\n')}\r\n`);

/** All that a text gives, told as one, whatever the pieces. */
function collect(pieces: Iterable<string>): string {
  const extractor = createExtractor();
  const metrics: unknown[] = [];
  const params: unknown[] = [];
  const artifacts: unknown[] = [];
  const take = (extraction: ReturnType<typeof extractor.push>): void => {
    metrics.push(...extraction.metrics);
    params.push(...extraction.params);
    artifacts.push(...extraction.artifacts);
  };
  for (const piece of pieces) take(extractor.push(piece));
  take(extractor.end());
  return JSON.stringify({ metrics, params, artifacts });
}

function* cut(text: string, lengths: readonly number[]): Generator<string> {
  let at = 0;
  for (let place = 0; at < text.length; place++) {
    const length = lengths[place % lengths.length] ?? 1;
    yield text.slice(at, at + length);
    at += length;
  }
}

const lengths = fc.array(fc.integer({ min: 1, max: 90 }), { minLength: 1, maxLength: 40 });
const escapes = fc.constantFrom(
  '\x1b[A',
  '\x1b[2A',
  '\x1b[K',
  '\x1b[2K',
  '\x1b[1;32m',
  '\x1b[0m',
  '\x1b]0;title\x07',
  '\x1b]8;;http://a\x1b\\',
  '\x1b[?25l',
  '\x1b[H\x1b[2J',
  '\x1b(B',
  '\x1b',
  '\x9b3C',
  '\r',
  '\n',
  '\r\n',
  '\b\b\b',
  '\t',
);
const words = fc.constantFrom(
  'loss: 0.5 ',
  'epoch 1',
  ' 50%|██',
  '| 2/4 [00:01<00:01]',
  'é🎉',
  '中文 ',
);
const output = fc
  .array(fc.oneof(escapes, words, fc.string({ maxLength: 12 })), { maxLength: 80 })
  .map((parts) => parts.join(''));

describe('any cut of', () => {
  it('what the programs of all families print gives the same', () => {
    for (const text of printed) {
      const whole = collect([text]);
      expect(collect(text)).toBe(whole);
      fc.assert(
        fc.property(lengths, (sizes) => collect(cut(text, sizes)) === whole),
        { numRuns: 4 },
      );
    }
  });

  it('a capture gives the same', () => {
    for (const text of captures) {
      const whole = collect([text]);
      fc.assert(
        fc.property(lengths, (sizes) => collect(cut(text, sizes)) === whole),
        { numRuns: 4 },
      );
    }
  });

  it('its bytes gives the same, also between those of one character', () => {
    const bytes = Buffer.from(captures.join('\r\n'));
    const whole = collect([bytes.toString()]);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 4_000 }), (size) => {
        const decoder = new TextDecoder();
        function* pieces(): Generator<string> {
          for (let at = 0; at < bytes.length; at += size) {
            yield decoder.decode(bytes.subarray(at, at + size), { stream: true });
          }
        }
        expect(collect(pieces())).toBe(whole);
      }),
      { numRuns: 8 },
    );
  });

  it('what a screen shows gives the same lines and frames', () => {
    const drawn = (pieces: Iterable<string>): readonly string[] => {
      const told: string[] = [];
      const screen = createScreen({
        line: (text, row) => told.push(`line ${row} ${text}`),
        frame: (text, row) => told.push(`frame ${row} ${text}`),
      });
      for (const piece of pieces) screen.push(piece);
      screen.end();
      return told;
    };
    fc.assert(
      fc.property(output, lengths, (text, sizes) => {
        expect(drawn(cut(text, sizes))).toEqual(drawn([text]));
      }),
      { numRuns: 600 },
    );
  });
});

describe('noise', () => {
  it('of bytes and escapes never throws, and hides nothing that comes after it', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 3_000 }), output, (bytes, text) => {
        const extractor = createExtractor();
        extractor.push(Buffer.from(bytes).toString('utf8'));
        extractor.push(Buffer.from(bytes).toString('latin1'));
        extractor.push(text);
        // A string that was begun ends at the line's end; an editor's screen is left.
        const { metrics } = extractor.push('\n\x1b[?1049l\nepoch 7 loss 0.125 val_loss 0.25\n\n');
        const rest = extractor.end().metrics;
        expect([...metrics, ...rest]).toContainEqual(
          expect.objectContaining({ key: 'val_loss', value: 0.25, epoch: 7 }),
        );
      }),
      { numRuns: 200 },
    );
  });

  it('in a line of ten megabytes is not held, and the next line is read', () => {
    const lines: string[] = [];
    const screen = createScreen({ line: (text) => lines.push(text), frame: () => undefined });
    const extractor = createExtractor();
    const piece = 'x1 {"a": [0.5, loss=0.25 | '.repeat(2_500);
    for (let chars = 0; chars < 10e6; chars += piece.length) {
      screen.push(piece);
      expect(extractor.push(piece).live).toEqual([]);
    }
    expect(screen.openRows().map(({ text }) => text.length)).toEqual([16_384]);
    screen.push('\nepoch 2 loss 0.5\n');
    expect(lines.at(-1)).toBe('epoch 2 loss 0.5');
    expect(extractor.push('\nepoch 2 loss 0.5\n').metrics).toContainEqual({
      key: 'loss',
      value: 0.5,
      epoch: 2,
    });
  });
});

describe('work', () => {
  const units =
    `a. |a-|?|%|1%|1/|1/1 |0,|1,234|1.1|[|[1|(|{|{"a":|"|=|a=1 |a=1,|:|[=|━|█|loss=|Epoch 1 |saved to |x/|\\|.pt` +
    `|the |loss at |at step | of |accuracy of |nan |*|*** eval |   |0x|12:34|1-1-|Namespace(a=|f(a=|a.b.c |INFO:a:` +
    `|[rank0]|2020-01-01 |1D-5|1+|(1)|[train] |10:|[1]\t|a  b  |[CV 1/1] END |step_1|checkpoint|validation: |-- `;

  // The same bytes in lines of 16,000 characters and of 1,000: what is quadratic in a line takes
  // sixteen times as long. Processor time, the least of three, since the machine has other work too.
  it.each(units.split('|'))('does not grow with the length of a line of %j', (unit) => {
    const spent = (length: number): number => {
      const line = `${unit.repeat(Math.ceil(length / unit.length)).slice(0, length)}\n`;
      const text = line.repeat(32_000 / length);
      const times = [1, 2, 3].map(() => {
        const extractor = createExtractor();
        const start = process.cpuUsage();
        extractor.push(text);
        extractor.end();
        const { user, system } = process.cpuUsage(start);
        return user + system;
      });
      return Math.min(...times);
    };
    const short = spent(1_000);
    const leastMicroseconds = 20_000;
    expect(spent(16_000)).toBeLessThan(6 * Math.max(short, leastMicroseconds));
  });
});
