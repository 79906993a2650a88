import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createExtractor } from '../../../../src/core/extract/extractor';
import { compilePattern } from '../../../../src/core/extract/patterns/compilePattern';
import {
  type MetricPattern,
  maxPatternChars,
  maxPatterns,
  readPatterns,
} from '../../../../src/core/extract/patterns/metricPattern';
import {
  createPatternSet,
  createPatternSets,
  objectionTo,
} from '../../../../src/core/extract/patterns/patternSet';

function extract(text: string, patterns: readonly MetricPattern[], command?: string) {
  const extractor = createExtractor({
    ...(command === undefined ? {} : { command }),
    patterns: createPatternSet(patterns),
  });
  return [extractor.push(text), extractor.end()].flatMap(({ metrics }) => metrics);
}

const bleu: MetricPattern = { name: 'val_bleu', pattern: 'BLEU4 \\(dev\\) is (?<value>{number})' };

describe('a pattern', () => {
  it('names a number that no recogniser finds, and makes a run of what prints it', () => {
    const text = 'reading data\nBLEU4 (dev) is 27.31 now\n';
    expect(extract(text, [])).toEqual([]);
    expect(extract(text, [bleu])).toEqual([{ key: 'val_bleu', value: 27.31 }]);
  });

  it('takes step and epoch where it names them', () => {
    const pattern = 'ep (?P<epoch>{number}) it (?P<step>{number}) q=(?P<value>{number})';
    expect(extract('ep 2 it 300 q=.5\n', [{ name: 'q', pattern }])).toEqual([
      { key: 'q', value: 0.5, step: 300, epoch: 2 },
    ]);
  });

  it('takes the place that the line, or the heading above, names where it names none', () => {
    const pattern = 'quality is (?<value>{number})';
    const text = 'Epoch 1/2\nloss: 0.5\nquality is 3.5\nEpoch 2/2\nloss: 0.4\nquality is 4.5\n';
    expect(extract(text, [{ name: 'q', pattern }]).filter(({ key }) => key === 'q')).toEqual([
      { key: 'q', value: 3.5, epoch: 1 },
      { key: 'q', value: 4.5, epoch: 2 },
    ]);
  });

  it('is called what the user says, whatever stands around it', () => {
    const pattern = 'quality is (?<value>{number})';
    const text =
      'Validation:\nval: epoch 3 loss: 0.5\nquality is 3.5\nval loss: 0.2 quality is 4\n';
    expect(extract(text, [{ name: 'q', pattern }]).filter(({ key }) => key === 'q')).toEqual([
      { key: 'q', value: 3.5, epoch: 3 },
      { key: 'q', value: 4, epoch: 3 },
    ]);
  });

  it('names several metrics of a line by its groups', () => {
    const pattern = 'scores (?<dev_a>{number}) or (?<dev_b>{number})';
    expect(extract('scores 1.5 or 2.5\n', [{ pattern, context: 'val' }])).toEqual([
      { key: 'dev_a', value: 1.5, context: 'val' },
      { key: 'dev_b', value: 2.5, context: 'val' },
    ]);
  });

  it('takes the name from the line by the group key, as often as it stands there', () => {
    const pattern = '<(?<key>\\w+) (?<value>{number})>';
    expect(extract('<aa 1.5> <bb 2.5>\n', [{ pattern }])).toEqual([
      { key: 'aa', value: 1.5 },
      { key: 'bb', value: 2.5 },
    ]);
  });

  it('reads numbers as programs print them', () => {
    const pattern = 'q: (?<value>{number})';
    const texts = ['1,234.5', '-.5', '7e-05', 'nan', '-inf', '3'];
    const values = texts.map((text) => extract(`q: ${text}\n`, [{ name: 'q', pattern }])[0]?.value);
    expect(values).toEqual([1234.5, -0.5, 7e-5, Number.NaN, Number.NEGATIVE_INFINITY, 3]);
  });

  it('finds the last frame of a bar', () => {
    const text = `${[1, 2, 3].map((n) => `\r 50%|█| ${n}/3 [00:01<00:02, 2.1it/s, odd thing ${n}.5]`).join('')}\n`;
    const pattern = 'odd thing (?<value>{number})';
    expect(extract(text, [{ name: 'odd', pattern }])).toEqual([{ key: 'odd', value: 3.5 }]);
  });

  it('never makes a training of a command that is none', () => {
    expect(extract('BLEU4 (dev) is 27.31\n', [bleu], 'git log')).toEqual([]);
  });
});

describe('what a pattern names', () => {
  const line = 'epoch 5 | loss 0.5 | acc 0.5 | lr 0.001\n';
  const sum = (patterns: readonly MetricPattern[]) =>
    extract(line, patterns)
      .map(({ key, value, epoch }) => `${key}=${value}@${epoch}`)
      .sort();

  it('stands before what a recogniser makes of that number, and leaves the others', () => {
    expect(sum([])).toEqual(['acc=0.5@5', 'loss=0.5@5', 'lr=0.001@5']);
    const pattern = 'acc (?<value>{number})';
    expect(sum([{ name: 'my_acc', pattern }])).toEqual([
      'loss=0.5@5',
      'lr=0.001@5',
      'my_acc=0.5@5',
    ]);
    const first = 'loss (?<value>{number})';
    expect(sum([{ name: 'mine', pattern: first }])).toEqual([
      'acc=0.5@5',
      'lr=0.001@5',
      'mine=0.5@5',
    ]);
  });

  it('stands before what a recogniser calls the same', () => {
    expect(sum([{ name: 'loss', pattern: 'acc (?<value>{number})' }])).toEqual([
      'loss=0.5@5',
      'lr=0.001@5',
    ]);
  });

  it('is read in every line alike, also once the form of the line is known well', () => {
    const lines = Array.from({ length: 50 }, (_, i) => `step ${i} loss ${i}.25 odd(${i}.75)\n`);
    const found = extract(lines.join(''), [
      { name: 'odd', pattern: 'odd\\((?<value>{number})\\)' },
    ]);
    const values = (key: string) => found.filter((each) => each.key === key).map((m) => m.value);
    expect(values('odd')).toEqual(lines.map((_, i) => i + 0.75));
    expect(values('loss')).toEqual(lines.map((_, i) => i + 0.25));
    expect(found.every(({ step }) => step !== undefined)).toBe(true);
  });
});

describe('lines whose form is known', () => {
  // Learning is a matter of speed alone, so a pattern that matches must not change what is learned.
  it('give the same whether some of them match a pattern or none', () => {
    const lines = Array.from({ length: 200 }, (_, i) => {
      const epoch = `Epoch ${i}: loss ${i}.5 acc 0.${100 + i}`;
      return i % 2 === 0 ? `${epoch} [odd ${i}.25]` : epoch;
    });
    const text = `${lines.join('\n')}\n`;
    const pattern = '\\[odd (?<value>{number})\\]';
    const found = extract(text, [{ name: 'mine', pattern }]);
    const without = extract(text, []);
    const known = (key: string) => (each: { readonly key: string }) => each.key === key;
    for (const key of ['loss', 'acc']) {
      expect(found.filter(known(key))).toEqual(without.filter(known(key)));
    }
    expect(found.filter(known('mine'))).toEqual(
      Array.from({ length: 100 }, (_, i) => ({ key: 'mine', value: 2 * i + 0.25, epoch: 2 * i })),
    );
    expect(found.some(known('odd'))).toBe(false);
  });
});

describe('the setting', () => {
  it.each<[string, unknown, RegExp]>([
    ['no object', 7, /no object/],
    ['no pattern', { name: 'a' }, /no "pattern"/],
    ['no name', { pattern: '(?<value>{number})' }, /no "name"/],
    ['an empty name', { name: ' ', pattern: '(?<a>.)' }, /"name" is no text/],
    ['no number', { name: 'a', pattern: 'b' }, /names no number/],
    ['a context of its own', { pattern: '(?<a>.)', context: 'dev' }, /"context"/],
    [
      'an open group',
      { name: 'a', pattern: '(?<value>{number}' },
      /missing closing \).*\{number\}/,
    ],
    ['a lookahead', { name: 'a', pattern: '(?=b)(?<value>.)' }, /\(\?=/],
    ['a backreference', { name: 'a', pattern: '(?<value>.)\\1' }, /invalid escape/],
    ['too long a pattern', { pattern: `(?<a>${'b'.repeat(maxPatternChars)})` }, /characters/],
    [
      'too large a pattern',
      { pattern: '(?<a>(?:\\pL{30}){30}(?:.{40}){30})' },
      /too large|invalid repeat/,
    ],
  ])('says what is wrong with an entry with %s', (_what, entry, reason) => {
    const { patterns, problems } = readPatterns([bleu, entry], objectionTo);
    expect(patterns).toEqual([bleu]);
    expect(problems).toEqual([
      expect.objectContaining({ index: 1, reason: expect.stringMatching(reason) }),
    ]);
  });

  it('is nothing where it is no list, and is cut where it is too long', () => {
    expect(readPatterns({ a: 1 })).toEqual({ patterns: [], problems: [] });
    const { patterns, problems } = readPatterns(new Array(maxPatterns + 5).fill(bleu), objectionTo);
    expect(patterns).toHaveLength(maxPatterns);
    expect(problems).toHaveLength(1);
  });

  it('never throws, whatever it holds', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.anything(), fc.record({ pattern: fc.string() }))),
        (setting) => {
          const { patterns } = readPatterns(setting, objectionTo);
          createPatternSet(patterns)?.match('Epoch 1: loss 0.5');
        },
      ),
    );
  });

  it('goes on with the patterns that can be used', () => {
    const broken = { name: 'a', pattern: '(' };
    expect(extract('BLEU4 (dev) is 3\n', [broken, bleu])).toHaveLength(1);
    expect(createPatternSet([broken])).toBeUndefined();
  });

  it('compiles the same patterns once', () => {
    const setOf = createPatternSets();
    expect(setOf([bleu])).toBe(setOf([{ ...bleu }]));
    expect(setOf([])).toBeUndefined();
  });
});

describe('matching', () => {
  // Each takes exponential time in an engine that backtracks.
  it.each(['(a+)+$', '(a|aa)+$', '(.*)(.*)(.*)(.*)x', '(\\w+\\s?)*!'])(
    'takes linear time with %s',
    (evil) => {
      const pattern = compilePattern({ name: 'a', pattern: `(?<value>${evil})` });
      const startedAtMs = performance.now();
      for (let round = 0; round < 5; round++) pattern.match('a'.repeat(100_000));
      expect(performance.now() - startedAtMs).toBeLessThan(10_000);
    },
  );

  it('does not look behind the first 4,096 characters of a line', () => {
    const pattern = compilePattern({ name: 'a', pattern: 'q=(?<value>{number})' });
    expect(pattern.match(`${' '.repeat(4_000)}q=5`)).toHaveLength(1);
    expect(pattern.match(`${' '.repeat(5_000)}q=5`)).toHaveLength(0);
  });

  it('leaves an escaped brace a brace', () => {
    const pattern = compilePattern({ pattern: '\\{number\\}(?<a>{number})' });
    expect(pattern.match('{number}7').map(({ value }) => value)).toEqual([7]);
  });
});
