import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type ConfusionMatrix,
  matrixAccuracy,
  normalizeMatrix,
  toConfusionMatrix,
} from '../../../src/core/media/confusionMatrix';
import { findPrintedMatrices } from '../../../src/core/media/findPrintedMatrices';
import { readMatrixCsv } from '../../../src/core/media/readMatrixCsv';
import { readMatrixJson } from '../../../src/core/media/readMatrixJson';

const fixtures = join(__dirname, '../../fixtures/media');
const read = (path: string) => readFileSync(join(fixtures, path), 'utf8');
const rowsOf = ({ labels, values }: ConfusionMatrix) =>
  labels.map((_, row) => [...values.subarray(row * labels.length, (row + 1) * labels.length)]);

describe('matrices that programs wrote', () => {
  const truth = JSON.parse(read('written/truth.json'));

  it.each([
    ['confusion_matrix.json', ['0', '1', '2']],
    ['named_confusion_matrix.json', truth.names],
    ['pandas_confusion_matrix.json', truth.names],
    ['split_confusion_matrix.json', truth.names],
    ['wandb_confusion_matrix.json', ['one', 'two', 'zero']],
    ['confusion_matrix.csv', truth.names],
    ['noindex_confusion_matrix.csv', truth.names],
    ['savetxt_confusion_matrix.csv', ['0', '1', '2']],
    ['spaces_confusion_matrix.csv', ['0', '1', '2']],
  ] as const)('%s', (name, labels) => {
    const text = read(`written/${name}`);
    const matrix = name.endsWith('.json') ? readMatrixJson(text) : readMatrixCsv(text);
    expect(matrix?.labels).toEqual(labels);
    // W&B's cells are named, and come in the order of the names.
    const order = labels[0] === 'one' ? [1, 2, 0] : [0, 1, 2];
    expect(matrix && rowsOf(matrix)).toEqual(
      order.map((row) => order.map((column) => truth.matrix[row][column])),
    );
  });

  it('DVCLive has one object a sample', () => {
    const matrix = readMatrixJson(read('dvclive/dvclive/plots/sklearn/cm.json'));
    expect(matrix?.labels).toEqual(['0', '1', '2', '3', '4', '5', '6', '7', '8', '9']);
    expect(matrix && rowsOf(matrix)).toEqual(JSON.parse(read('dvclive/truth.json')).matrix);
  });
});

describe('matrices in a log', () => {
  it('are found as numpy and Python print them, with their step; one that was cut short is none', () => {
    const lines = read('printed/log.txt').split('\n');
    const found = findPrintedMatrices(lines);
    const truth = JSON.parse(read('printed/truth.json'));
    expect(found.map(({ step, matrix }) => ({ step, matrix: rowsOf(matrix) }))).toEqual(
      truth.map(({ step, matrix }: { step: number; matrix: number[][] }) => ({ step, matrix })),
    );
    expect(found[3]?.name).toBe('test confusion matrix');
  });

  it.each([
    'tensor([[50,  2],\n        [ 3, 45]])',
    'tf.Tensor(\n[[50  2]\n [ 3 45]], shape=(2, 2), dtype=int32)',
    'array([[50,  2],\n       [ 3, 45]])',
  ])('is found in %j', (text) => {
    const [found] = findPrintedMatrices(`Confusion Matrix:\n${text}`.split('\n'));
    expect(found && rowsOf(found.matrix)).toEqual([
      [50, 2],
      [3, 45],
    ]);
  });

  it.each([
    'weights\n[[1 2]\n [3 4]]',
    'saved confusion matrix to cm.png\nimage shape [[1 2]\n [3 4]]',
    'confusion matrix\n[[1 2 3]\n [4 5 6]]',
    'confusion matrix\n[[ 1 -2]\n [ 3  4]]',
    'confusion matrix\n[[1 2]',
  ])('is not found in %j', (text) => {
    expect(findPrintedMatrices(text.split('\n'))).toEqual([]);
  });
});

describe('hostile texts', () => {
  it('are looked for in no more time than the text is long', () => {
    const lines = ['[[1', ...Array.from({ length: 150 }, () => `] ${' '.repeat(1000)}x`)];
    expect(findPrintedMatrices(lines)).toEqual([]);
  });

  it('never throw, and give a square or nothing', () => {
    const piece = fc.constantFrom(
      '[[',
      ']]',
      '[',
      ']',
      ',',
      '1',
      ' 2',
      'confusion matrix',
      '\n',
      '{"a"',
      ':',
      '}',
      '"',
      'NaN',
      '...',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        const text = pieces.join('');
        const all = [
          readMatrixJson(text),
          readMatrixCsv(text),
          ...findPrintedMatrices(text.split('\n')).map(({ matrix }) => matrix),
        ];
        for (const matrix of all) {
          if (matrix) expect(matrix.values.length).toBe(matrix.labels.length ** 2);
        }
      }),
    );
    expect(readMatrixJson('{"toString": [1], "valueOf": 2}')).toBeUndefined();
  });
});

describe('normalizeMatrix', () => {
  it('gives shares of rows and of columns that add up to 1, and none where there is nothing', () => {
    const size = fc.integer({ min: 2, max: 6 });
    const rows = size.chain((n) =>
      fc.array(fc.array(fc.integer({ min: 0, max: 9 }), { minLength: n, maxLength: n }), {
        minLength: n,
        maxLength: n,
      }),
    );
    fc.assert(
      fc.property(rows, (counts) => {
        const matrix = toConfusionMatrix(counts) as ConfusionMatrix;
        const n = counts.length;
        for (const by of ['row', 'column'] as const) {
          const shares = normalizeMatrix(matrix, by);
          for (let line = 0; line < n; line++) {
            const cells = Array.from({ length: n }, (_, at) =>
              by === 'row' ? line * n + at : at * n + line,
            );
            const all = cells.reduce((sum, cell) => sum + (matrix.values[cell] ?? 0), 0);
            const sum = cells.reduce((each, cell) => each + (shares[cell] ?? 0), 0);
            if (all === 0) expect(sum).toBeNaN();
            else expect(sum).toBeCloseTo(1);
          }
        }
      }),
    );
    expect(
      matrixAccuracy(
        toConfusionMatrix([
          [50, 2],
          [3, 45],
        ]) as ConfusionMatrix,
      ),
    ).toBe(0.95);
  });
});
