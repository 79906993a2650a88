import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type SearchVocabulary, suggestSearch } from '../../../src/core/search/suggestSearch';

const vocabulary: SearchVocabulary = {
  metrics: ['val_acc', 'val loss', 'lr'].map((key) => ({ key, runCount: 3 })),
  params: [
    { key: 'lr', runCount: 3, valueCount: 2, isNumber: true, values: ['0.01', '0.1'] },
    { key: 'model', runCount: 3, valueCount: 2, isNumber: false, values: ['resnet18', "it's"] },
  ],
  tags: [{ key: 'data', runCount: 2, values: ['v1', 'v2'] }],
  attributes: { experiment: ['train.py'] },
};

/** The bar is where the cursor is; gives the texts after the first few suggestions were taken. */
function completed(marked: string, count = 3): readonly string[] {
  const cursor = marked.indexOf('|');
  const text = marked.replace('|', '');
  return suggestSearch(text, cursor, vocabulary)
    .slice(0, count)
    .map(
      ({ insert, replaces: { offset, length } }) =>
        text.slice(0, offset) + insert + text.slice(offset + length),
    );
}

describe('completion of a search', () => {
  test.each([
    ['|', ['metrics.val_acc', 'metrics.`val loss`', 'metrics.lr']],
    ['val|', ['metrics.val_acc', 'metrics.`val loss`']],
    ['metrics.`val l|', ['metrics.`val loss`']],
    ['starred AND mod|el > 3', ['starred AND params.model > 3']],
    ['params.lr |', ['params.lr =', 'params.lr !=', 'params.lr <']],
    ['status |', ['status =', 'status !=', 'status LIKE']],
    ['starred |', ['starred AND', 'starred OR', 'starred metrics.val_acc']],
    ['status = f|', ["status = 'finished'", "status = 'failed'"]],
    ['params.model = |', ["params.model = 'resnet18'", 'params.model = "it\'s"']],
    ['params.lr < 0|', ['params.lr < 0.01', 'params.lr < 0.1']],
    ['lr < |', ['lr < 0.01', 'lr < 0.1']],
    ['tags.data IN (|', ["tags.data IN ('v1'", "tags.data IN ('v2'"]],
    ["tags.data IN ('v1', |", ["tags.data IN ('v1', 'v1'", "tags.data IN ('v1', 'v2'"]],
    ['started > y|', ['started > yesterday']],
    ['best(|', ['best(metrics.val_acc', 'best(metrics.`val loss`', 'best(metrics.lr']],
    ['best(v|) > 1', ['best(metrics.val_acc) > 1', 'best(metrics.`val loss`) > 1']],
    ['has(mod|', ['has(params.model']],
    ['bes|', ['best()']],
    ['starred = t|', ['starred = true']],
    ['lr > 1 A|', ['lr > 1 AND']],
    ["experiment = 't|", ["experiment = 'train.py'"]],
    ["params.model = 'res|'", ["params.model = 'resnet18'"]],
    ["params.model = 're|s' AND starred", ["params.model = 'resnet18' AND starred"]],
    ["tags.data IN ('|', 'v2')", ["tags.data IN ('v1', 'v2')", "tags.data IN ('v2', 'v2')"]],
    ["params.model = 'resnet18|'", []],
    ['metrics.`v|` > 1', ['metrics.val_acc > 1', 'metrics.`val loss` > 1']],
    // Quotes that nothing closes end at the cursor, whatever is quoted after them.
    [
      "params.model = 'res| AND tags.data = 'v1'",
      ["params.model = 'resnet18' AND tags.data = 'v1'"],
    ],
    [
      "params.model = 'res| AND tags.data = ' v1'",
      ["params.model = 'resnet18' AND tags.data = ' v1'"],
    ],
    ['"a phrase |', []],
    ['lr = ) |', []],
  ])('%s', (marked, expected) => {
    expect(completed(marked, Math.max(expected.length, 1))).toEqual(expected);
  });

  test('replaces what is around the cursor, whatever the text is', () => {
    const pieces = [
      'metrics.',
      'val',
      'lr',
      ' ',
      '(',
      ')',
      '=',
      '<',
      "'",
      '`',
      'AND',
      'best(',
      'status',
      ' in (',
    ];
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...pieces), { maxLength: 8 }).map((parts) => parts.join('')),
        fc.nat(40),
        (text, at) => {
          const cursor = Math.min(at, text.length);
          for (const { replaces } of suggestSearch(text, cursor, vocabulary)) {
            expect(replaces.offset).toBeLessThanOrEqual(cursor);
            expect(replaces.offset + replaces.length).toBeGreaterThanOrEqual(cursor);
            expect(replaces.offset + replaces.length).toBeLessThanOrEqual(text.length);
          }
        },
      ),
      { numRuns: 500 },
    );
  });
});
