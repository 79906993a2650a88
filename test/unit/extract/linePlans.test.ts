import { describe, expect, it } from 'vitest';
import type { ExtractedMetric, ExtractedParam } from '../../../src/core/extract/extraction';
import { createExtractor } from '../../../src/core/extract/extractor';
import { createLineReader } from '../../../src/core/extract/lineReader';
import { signsOf } from '../../../src/core/extract/lineSigns';
import { alterNumbers } from '../../bench/extract/alterNumbers';
import { createRandom } from '../../bench/extract/random';
import { classical } from './families/classical';
import { language } from './families/language';
import { reinforcement } from './families/reinforcement';
import { searches } from './families/searches';
import { speech } from './families/speech';
import { training } from './families/training';
import { vision } from './families/vision';
import { withoutTraining } from './families/withoutTraining';

interface Told {
  readonly found: readonly (ExtractedMetric | ExtractedParam)[];
  /** How many lines were read by their form. */
  readonly known: number;
}

function read(lines: readonly string[], learns: boolean): Told {
  const found: (ExtractedMetric | ExtractedParam)[] = [];
  const sink = {
    metric: (metric: ExtractedMetric) => found.push(metric),
    param: (param: ExtractedParam) => found.push(param),
    artifact: () => undefined,
    label: () => undefined,
    problem: () => undefined,
  };
  const reader = createLineReader(sink, { learns });
  let known = 0;
  for (const line of lines) {
    if (reader.readKnown(line, false) !== 'unknown') known++;
    else reader.read(line, signsOf(line), false);
  }
  reader.end();
  return { found, known };
}

describe('lines whose form is known', () => {
  it('are read as they are read whole, whatever their numbers', () => {
    const random = createRandom(20_261_121);
    const texts = [training, language, vision, speech, reinforcement, classical, searches]
      .flat()
      .map(({ text }) => text)
      .concat(Object.values(withoutTraining));
    let known = 0;
    let all = 0;
    for (const text of texts) {
      const lines = Array.from({ length: 12 }, () =>
        alterNumbers(text.join('\n'), random).split('\n'),
      ).flat();
      const learned = read(lines, true);
      expect(learned.found).toEqual(read(lines, false).found);
      known += learned.known;
      all += lines.length;
    }
    // What is never known would prove nothing.
    expect(known).toBeGreaterThan(all / 5);
  });

  it('keep their own place, prefix and sign', () => {
    const lines = Array.from(
      { length: 9 },
      (_, i) => `2026-11-20 14:07:1${i},885 - INFO - epoch ${i} loss -0.1${i} val_loss 0.2${i}`,
    );
    const { found, known } = read(lines, true);
    expect(known).toBeGreaterThan(0);
    expect(found.slice(-2)).toEqual([
      { key: 'loss', value: -0.18, epoch: 8 },
      { key: 'val_loss', value: 0.28, epoch: 8, context: 'val' },
    ]);
  });

  it('do not take one number for another that was the same so far', () => {
    const even = Array.from({ length: 8 }, () => 'Accuracy: 50/100 (50%)');
    const { found } = read([...even, 'Accuracy: 60/200 (30%)', 'Accuracy: 70/200 (35%)'], true);
    expect(found.map((each) => each.value)).toEqual([50, 50, 50, 50, 50, 50, 50, 50, 30, 35]);
  });

  it('do not lend a key its number', () => {
    const lines = [5, 5, 5, 5, 5, 5, 5, 1].map(
      (top, i) => `epoch: ${i} acc (top ${top}): 0.${top}${i}`,
    );
    const { found } = read(lines, true);
    expect(found.at(-1)).toEqual({ key: 'acc (top 1)', value: 0.17, epoch: 7 });
  });

  it('are read while two of their numbers are the same, and not where these differ', () => {
    const line = (epoch: number, step: number) =>
      `epoch ${epoch} step ${step} loss 0.${epoch}5${step}`;
    const { found, known } = read(
      [line(1, 1), line(2, 2), line(3, 3), line(4, 4), line(5, 5), line(6, 6), line(7, 8)],
      true,
    );
    expect(known).toBeGreaterThan(0);
    expect(found.slice(-2)).toEqual([
      { key: 'loss', value: 0.656, epoch: 6, step: 6 },
      { key: 'loss', value: 0.758, epoch: 7, step: 8 },
    ]);
  });

  it('are known within their table, and other lines as outside of it', () => {
    const row = (i: number): string => `${i}      0.5${i}        0.2${i}`;
    const rows = [1, 2, 3, 4, 5, 6, 7].map(row);
    const header = 'epoch  train_loss  valid_loss';
    const plain = [1, 2, 3, 4, 5].map((i) => `step ${i} loss 0.${i}`);
    const { found, known } = read([...plain, header, ...rows, ...plain, ...rows], true);
    expect(known).toBeGreaterThan(7);
    expect(found).toEqual(read([...plain, header, ...rows, ...plain, ...rows], false).found);
    expect(found).toContainEqual({ key: 'valid_loss', value: 0.27, epoch: 7 });
  });

  it('are read whole while a table is open that has not shown its rows yet', () => {
    const row = (i: number): string => `${i}      0.5${i}        0.2${i}`;
    const lines = [1, 2, 3, 4, 5, 6].map(row);
    const { found } = read([...lines, 'epoch  train_loss  valid_loss', row(7)], true);
    expect(found).toEqual([
      { key: 'train_loss', value: 0.57, epoch: 7 },
      { key: 'valid_loss', value: 0.27, epoch: 7 },
    ]);
  });
});

describe('lines that say what was saved', () => {
  it('are read by their form and name their file all the same', () => {
    const extractor = createExtractor();
    const lines = Array.from(
      { length: 12 },
      (_, i) => `epoch ${i} val_acc=0.${i + 11} saved model to out/m${i}.keras`,
    );
    const { artifacts, metrics } = extractor.push(`${lines.join('\n')}\n`);
    expect(artifacts).toEqual(lines.map((_, i) => `out/m${i}.keras`));
    expect(metrics.at(-1)).toMatchObject({ key: 'val_acc', value: 0.22, epoch: 11 });
  });
});
