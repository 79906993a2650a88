import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Extraction } from '../../../src/core/extract/extraction';
import { createExtractor } from '../../../src/core/extract/extractor';
import { readLive } from '../../../src/core/extract/readLive';

const CAPTURES = path.resolve(import.meta.dirname, '../../fixtures/captures');
const read = (name: string): string => readFileSync(path.join(CAPTURES, `${name}.capture`), 'utf8');

function collect(chunks: readonly string[]): Omit<Extraction, 'live'> {
  const extractor = createExtractor();
  const parts = [...chunks.map((chunk) => extractor.push(chunk)), extractor.end()];
  return {
    metrics: parts.flatMap(({ metrics }) => metrics),
    params: parts.flatMap(({ params }) => params),
    artifacts: parts.flatMap(({ artifacts }) => artifacts),
  };
}

function cut(text: string, places: readonly number[]): readonly string[] {
  const sorted = [...new Set(places.map((place) => place % (text.length + 1)))].sort(
    (a, b) => a - b,
  );
  return [0, ...sorted].map((from, index) => text.slice(from, sorted[index] ?? text.length));
}

describe('chunks', () => {
  it.each(['nestedTqdm', 'tqdmLoop', 'plainLoop', 'xgboostTrain', 'sklearnMlp'])(
    '%s gives the same however it is cut',
    (name) => {
      const text = read(name);
      const whole = collect([text]);
      expect(whole.metrics.length).toBeGreaterThan(0);
      fc.assert(
        fc.property(fc.array(fc.nat({ max: text.length }), { maxLength: 60 }), (places) => {
          expect(collect(cut(text, places))).toEqual(whole);
        }),
        { numRuns: 12 },
      );
      expect(collect([...text])).toEqual(whole);
    },
  );

  it('of anything at all are read alike and never throw', () => {
    const piece = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 30 }),
      fc.constantFrom(
        '\r',
        '\n',
        '\r\n',
        '\b\b',
        '\x1b[A',
        '\x1b[2K',
        '\x1b[K',
        '\x1b]0;t\x07',
        '\x1b[',
      ),
      fc.constantFrom(
        'loss: 0.5 ',
        'epoch 3 ',
        '10/10 ',
        '100%|██| 3/4 [00:01<00:00',
        '] ',
        "{'a': 1,",
        '| x | 2 |',
      ),
      fc.constantFrom(
        '━━━━━━ ',
        'Namespace(a=(1, [2',
        '[CV 1/3] END ',
        'step,loss\n1,2',
        '[0]\ta:1',
        '***** eval *****',
      ),
    );
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 60 }),
        fc.array(fc.nat({ max: 400 }), { maxLength: 8 }),
        (pieces, places) => {
          const text = pieces.join('');
          expect(collect(cut(text, places))).toEqual(collect([text]));
        },
      ),
      { numRuns: 400 },
    );
  });
});

describe('live values', () => {
  it('are those of whole frames, wherever a bar is cut', () => {
    const frame = (step: number) =>
      `${step}/40 [====>.......] - ETA: 1s - loss: ${(1 / step).toFixed(4)} - acc: 0.${step}51`;
    const tqdm = (step: number) =>
      `train:  5%|▌  | ${step}/40 [00:01<00:09, 9.9it/s, loss=0.1${step}]`;
    for (const draw of [frame, tqdm]) {
      const frames = Array.from({ length: 12 }, (_, index) => draw(index + 11));
      const text = frames.map((each) => `\r${each}`).join('');
      const extractor = createExtractor();
      const shown = new Set<number>();
      for (const char of text) {
        for (const { value } of extractor.push(char).live) shown.add(value);
      }
      const whole = new Set(
        frames.flatMap((each) => readLive(each, undefined)).map((m) => m.value),
      );
      expect(shown.size).toBeGreaterThan(8);
      expect([...shown].filter((value) => !whole.has(value))).toEqual([]);
    }
  });

  it('show the newest frame of the bar on the screen, and go when it is final', () => {
    const extractor = createExtractor();
    extractor.push('\rEpoch 1:  10%|█         | 4/40 [00:01<00:09, 3.1it/s, loss=2.0]');
    const half = extractor.push(
      '\rEpoch 1:  50%|█████     | 20/40 [00:05<00:05, 3.1it/s, loss=1.5]',
    );
    expect(half.metrics).toEqual([]);
    expect(half.live).toEqual([{ key: 'loss', value: 1.5, epoch: 1 }]);
    const done = extractor.push(
      '\rEpoch 1: 100%|██████████| 40/40 [00:09<00:00, 3.1it/s, loss=1.1]\r\n',
    );
    expect(done.live).toEqual([]);
    expect(done.metrics).toEqual([{ key: 'loss', value: 1.1, epoch: 1 }]);
  });
});
