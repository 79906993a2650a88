import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compilePattern, type Span } from '../../../../src/core/extract/patterns/compilePattern';
import { numbersIn } from '../../../../src/core/extract/patterns/lineNumbers';
import { proposeName } from '../../../../src/core/extract/patterns/proposeName';
import { proposePattern } from '../../../../src/core/extract/patterns/proposePattern';
import { peelPrefixes } from '../../../../src/core/extract/prefixes';
import { decodeLog } from '../../../../src/core/terminal/decodeLog';
import { classical } from '../families/classical';
import { language } from '../families/language';
import { reinforcement } from '../families/reinforcement';
import { searches } from '../families/searches';
import { speech } from '../families/speech';
import { training } from '../families/training';
import { vision } from '../families/vision';

/** The place of `[x]` in a text, and the text without the brackets. */
function marked(text: string, open: string, close: string): readonly [string, Span | undefined] {
  const start = text.indexOf(open);
  if (start < 0) return [text, undefined];
  const end = text.indexOf(close, start) - open.length;
  return [text.replace(open, '').replace(close, ''), { start, end }];
}

/** The pattern for a line whose value stands in `«»`, whose step in `‹›`. */
function propose(text: string): string {
  // The one that stands first is taken out first, so that the places of both are those of the line.
  const stepFirst = text.indexOf('‹') >= 0 && text.indexOf('‹') < text.indexOf('«');
  const [once, first] = stepFirst ? marked(text, '‹', '›') : marked(text, '«', '»');
  const [line, second] = stepFirst ? marked(once, '«', '»') : marked(once, '‹', '›');
  const value = stepFirst ? second : first;
  if (value === undefined) throw new Error('no value is marked');
  return proposePattern(line, { value, step: stepFirst ? first : second });
}

describe('a proposed pattern', () => {
  it.each([
    [
      'Epoch 3/10 | loss «0.52» | acc 0.9',
      '\\bEpoch +{number}/{number} \\| loss +(?<value>{number})',
    ],
    ['BLEU4 = «27.31», chrF = 51.2', '\\bBLEU4 = *(?<value>{number})'],
    ['2024-01-02 10:20:30,123 INFO train.py:42] val/ter: «0.31»', /^\\bval\/ter: \*\(\?<value>/],
    ['{"epoch": 3, "loss": «0.5»}', '\\{"epoch": *{number}, "loss": *(?<value>{number})'],
    [
      '[ 12/100] top1 «71.2%»'.replace('%»', '»%'),
      '\\[ *{number}/{number}\\] top1 +(?<value>{number})%',
    ],
    [
      'step ‹120› of 900 - reward «-3.5»',
      '\\bstep +(?<step>{number}) of +{number} - reward +(?<value>{number})',
    ],
    ['«0.523» - dev score', '^\\s*(?<value>{number}) - dev score\\s*$'],
    ['   3   0.52   «0.61»  12', '^\\s*{number} +{number} +(?<value>{number}) +{number}\\s*$'],
    [
      ' 50%|███   | 5/10 [00:01<00:00,  8.1it/s, odd=«0.5»]',
      '{number}%.*?, odd=(?<value>{number})',
    ],
    ['saved /tmp/run1/best.pt with quality «0.71»', '\\bsaved.*?with quality +(?<value>{number})'],
    ['a 1 b 2 c 3 d 4 e 5 quality «6»', '\\ba.*?quality +(?<value>{number})'],
    ['fold3 quality=«0.7» {x}', '\\bfold{number} quality=(?<value>{number})'],
  ])('of %s', (text, pattern) => {
    if (typeof pattern === 'string') expect(propose(text)).toBe(pattern);
    else expect(propose(text)).toMatch(pattern);
  });

  it('finds lines that differ in their numbers, and no others', () => {
    const pattern = compilePattern({
      name: 'v',
      pattern: propose('Epoch  3/10: q  «0.52» (best 0.6)'),
    });
    const values = (line: string) => pattern.match(line).map(({ value }) => value);
    expect(values('Epoch 10/10: q 11.52 (best 0.6)')).toEqual([11.52]);
    expect(values('[12:00:01] Epoch  4/10: q -1e-3 (best 0.6)')).toEqual([-0.001]);
    expect(values('Epoch 4/10: q nan')).toEqual([Number.NaN]);
    for (const other of ['Epoch 4/10: loss 0.3', 'q 0.5', 'Saved epoch 3 to q.pt', '']) {
      expect(values(other)).toEqual([]);
    }
  });
});

const families = [
  ...[classical, language, reinforcement, searches, speech, training, vision].flat(),
].flatMap(({ text }) => text);
const captures = ['nestedTqdm', 'plainLoop', 'xgboostTrain', 'lightgbmTrain', 'sklearnMlp'].flatMap(
  (name) =>
    decodeLog(
      readFileSync(join(import.meta.dirname, `../../../fixtures/captures/${name}.capture`), 'utf8'),
    ).split('\n'),
);
const lines = [...families, ...captures].filter((line) => /\d/.test(line) && line.length < 500);

/** Nobody clicks the time of a message. */
function messageNumbers(line: string) {
  const start = line.length - peelPrefixes(line).length;
  const clock = /\d+:\d+:[\d.,]+/.exec(line);
  const isClock = (at: number) =>
    clock !== null && at >= clock.index && at < clock.index + clock[0].length;
  return numbersIn(line).filter((number) => number.start >= start && !isClock(number.start));
}

/** Another number of the same form: as many digits, with the point and the sign where they were. */
const alter = (text: string, digit: () => number) =>
  text.replace(/\d/g, (old) => (old === '0' ? old : String(1 + (digit() % 9))));

describe('of each number of each line that a program prints', () => {
  it('the pattern finds that number in that line', () => {
    expect(lines.length).toBeGreaterThan(500);
    const wrong: string[] = [];
    let count = 0;
    // The other test takes any of them.
    for (const line of lines.filter((_, index) => index % 3 === 0)) {
      for (const number of messageNumbers(line)) {
        count++;
        const value = { start: number.start, end: number.end };
        try {
          const pattern = proposePattern(line, { value });
          const [match] = compilePattern({ name: 'v', pattern }).match(line);
          if (match?.valueAt.start !== value.start) wrong.push(`${line} :: ${pattern}`);
        } catch {
          wrong.push(`${number.value} of ${line}`);
        }
      }
    }
    expect(wrong).toEqual([]);
    expect(count).toBeGreaterThan(700);
  });

  it('the pattern finds it when the numbers are others, nearly always', () => {
    let count = 0;
    const missed: string[] = [];
    fc.assert(
      fc.property(
        fc.constantFrom(...lines),
        fc.nat(),
        fc.infiniteStream(fc.nat()),
        (line, which, digits) => {
          const numbers = messageNumbers(line);
          const picked = numbers[which % Math.max(1, numbers.length)];
          if (picked === undefined) return;
          const value = { start: picked.start, end: picked.end };
          const pattern = compilePattern({ name: 'v', pattern: proposePattern(line, { value }) });
          let other = '';
          let at = 0;
          // Digits of words are their names: `top5`.
          for (const { start, end } of numbers) {
            const isOwn = start === 0 || !/\w/.test(line[start - 1] ?? '');
            const text = line.slice(start, end);
            const altered = isOwn ? alter(text, () => digits.next().value) : text;
            other += line.slice(at, start) + altered;
            at = end;
          }
          other += line.slice(at);
          count++;
          if (!pattern.match(other).some(({ valueAt }) => valueAt.start === value.start)) {
            missed.push(`${line} :: ${other}`);
          }
        },
      ),
      { numRuns: 1_500 },
    );
    expect(missed.length / count, missed.slice(0, 5).join('\n')).toBeLessThan(0.01);
  });
});

describe('a proposed name', () => {
  it.each([
    ['Epoch 3 | val_loss: «0.5»', 'val_loss'],
    ['BLEU4 = «27.3»', 'BLEU4'],
    ['Test Accuracy of the model on the test images: «97.1» %', 'the test images'],
    ['- 2s 5ms/step - accuracy: «0.5»', 'accuracy'],
    ["{'eval_loss': '«0.69»'}", 'eval_loss'],
    ['│ test_acc  │  «0.83» │', 'test_acc'],
    ['episodic_return=[«360.»]', 'episodic_return'],
    ['loss = tensor(«0.5»)', 'loss'],
    ['«0.523» dev_score', 'dev_score'],
    ['1 2 «3»', ''],
  ])('of %s', (text, name) => {
    const [line, value] = marked(text, '«', '»');
    expect(value && proposeName(line, value)).toBe(name);
  });
});
