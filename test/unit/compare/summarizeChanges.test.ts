import { describe, expect, it } from 'vitest';
import type { CodeComparison, ComparedPart } from '../../../src/core/compare/codeComparison';
import { textRow } from '../../../src/core/compare/comparedRow';
import { comparisonMarkdown } from '../../../src/core/compare/comparisonMarkdown';
import { paramRows } from '../../../src/core/compare/paramRows';
import { summarizeChanges } from '../../../src/core/compare/summarizeChanges';
import { escapeMarkdown } from '../../../src/core/format/escapeMarkdown';
import type { Run } from '../../../src/core/run/run';
import { hostileTexts } from '../../page/support/hostileTexts';
import { makeMetric, makeRun } from '../run/runs';

const runOf = (lr: string, accuracy: number): Run =>
  makeRun({
    params: [{ key: 'lr', value: lr, origin: 'argv' }],
    metrics: [makeMetric('val_acc', accuracy)],
  });
const line = (title: string, kind: ComparedPart['kind'] = 'script'): ComparedPart => ({
  ...{ kind, title, change: 'changed', linesLeftOut: 0 },
  hunks: [{ oldStart: 4, oldLines: ['lr = 1'], newStart: 4, newLines: ['lr = 2'] }],
});
const codeOf = (...parts: ComparedPart[]): CodeComparison => ({ parts, same: [], partsLeftOut: 0 });
const summaryOf = (runs: readonly Run[], more: object = {}) =>
  summarizeChanges({ runs, figure: 'last', params: paramRows(runs), ...more });

describe('summarizeChanges', () => {
  it('says what was changed and what came of it', () => {
    const runs = [runOf('0.1', 0.91), runOf('0.01', 0.93)];
    expect(summaryOf(runs, { code: codeOf(line('train.py')) })).toBe(
      'lr 0.1 → 0.01, one line of train.py, val_acc 0.91 → 0.93 ▲ +0.02 better',
    );
    expect(summaryOf(runs, { code: codeOf(line('train.py'), line('net.py', 'module')) })).toBe(
      'lr 0.1 → 0.01, 2 lines in 2 files, val_acc 0.91 → 0.93 ▲ +0.02 better',
    );
    const data = [textRow('train.csv', ['1 kB', '2 kB'])];
    const environment = [textRow('torch', ['2.1.0', '2.2.0'])];
    expect(summaryOf([runs[0] as Run, runs[0] as Run], { data, environment })).toBe(
      'train.csv changed, torch 2.1.0 → 2.2.0, val_acc unchanged',
    );
    expect(summaryOf([runOf('1', 0.5), runOf('1', 0.4)])).toBe(
      'the same params, val_acc 0.5 → 0.4 ▼ −0.1 worse',
    );
  });

  it('says of many runs what varies and which is best', () => {
    const runs = [runOf('0.1', 0.91), runOf('0.01', 0.95), runOf('1', 0.2)];
    expect(summaryOf(runs)).toBe('lr varies, best val_acc 0.95 of B (+0.04 better than the base)');
    expect(summaryOf([runOf('0.01', 0.95), runOf('0.1', 0.91), runOf('1', 0.2)])).toBe(
      'lr varies, none better than the base by val_acc (0.95)',
    );
  });
});

describe('comparisonMarkdown', () => {
  it('writes tables and diffs', () => {
    const runs = [runOf('0.1', 0.91), runOf('0.01', 0.93)];
    const text = comparisonMarkdown({
      ...{ summary: 'lr 0.1 → 0.01', runs, code: [line('train.py')], codeOf: 'A → B' },
      sections: [{ id: 'params', rows: paramRows(runs) }],
    });
    expect(text).toContain('| lr | 0.1 | 0.01 (×0.1) |');
    expect(text).toContain('```diff\n@@ -5,1 +5,1 @@\n-lr = 1\n+lr = 2\n```');
  });

  it('lets no text of a run out of its place', () => {
    for (const text of [...hostileTexts, '```\n# not a heading', '| a | b |']) {
      const hostile = makeRun({ name: text, params: [{ key: text, value: text, origin: 'argv' }] });
      const markdown = comparisonMarkdown({
        ...{ summary: text, runs: [hostile, hostile], codeOf: 'A → B' },
        sections: [{ id: 'params', rows: paramRows([hostile, hostile]) }],
        code: [
          { ...line(text), hunks: [{ oldStart: 0, newStart: 0, oldLines: [text], newLines: [] }] },
        ],
      });
      const outside = markdown.split(/^`{3,}(?:diff)?$/m).filter((_part, at) => at % 2 === 0);
      expect(outside.join('')).not.toMatch(/(^|[^\\])<[a-z]|(^|[^\\])\[link|^# not/m);
      expect(escapeMarkdown(text)).not.toContain('\n');
    }
  });
});
