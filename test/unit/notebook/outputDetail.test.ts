import { describe, expect, it } from 'vitest';
import { diffOutputs } from '../../../src/core/notebook/diffOutputs';
import { applyHunks } from '../../../src/core/notebook/diffSource';
import type { NotebookOutput } from '../../../src/core/notebook/notebook';
import { describeOutputChange, type OutputDetail } from '../../../src/core/notebook/outputDetail';
import { createWorkBudget } from '../../../src/core/notebook/workBudget';
import { toDataframe } from '../../support/notebooks/composeNotebook';
import { measureCpuMs } from './cpuTime';

const stream = (text: string): NotebookOutput => ({
  kind: 'stream',
  name: 'stdout',
  data: {},
  text,
});
const display = (data: Readonly<Record<string, string>>): NotebookOutput => ({
  kind: 'display',
  data,
});

/** What a page is told of one output that became another. */
function describeChange(old: NotebookOutput, fresh: NotebookOutput): readonly OutputDetail[] {
  return diffOutputs([old], [fresh]).flatMap((diff) =>
    describeOutputChange(diff, createWorkBudget(1e8)),
  );
}

function changedText(old: string, fresh: string) {
  const [detail] = describeChange(stream(old), stream(fresh));
  if (detail?.kind !== 'text' && detail?.kind !== 'numbers') throw new Error('no text is told');
  expect(applyHunks(detail.oldText, detail.hunks)).toBe(detail.newText);
  return detail;
}

describe('a changed text', () => {
  it('is compared as a terminal shows it: without styles, a progress bar by its end', () => {
    const detail = changedText(
      '1%\r50%\r100%\n\u001b[31mred\u001b[0m\nab\bc\n',
      '9%\r100%\n\u001b[32mgreen\u001b[0m\nac\n',
    );
    expect([detail.oldText, detail.newText]).toEqual(['100%\nred\nac', '100%\ngreen\nac']);
    expect(detail.hunks).toEqual([
      { oldStart: 1, oldLines: ['red'], newStart: 1, newLines: ['green'] },
    ]);
  });

  it('is told whole where only what is not seen differs', () => {
    const detail = changedText('\u001b[31mx\u001b[0m', '\u001b[32mx\u001b[0m');
    expect(detail.oldText).toBe('\u001b[31mx\u001b[0m');
    expect(detail.hunks).toHaveLength(1);
  });

  it('is told also where it counts as the same, for who wants to see', () => {
    const details = describeChange(
      stream('<P at 0x7f5fd5d3eb50>'),
      stream('<P at 0x7f5fd5d3eb51>'),
    );
    expect(details).toMatchObject([{ kind: 'text', media: 'stream' }]);
  });
});

describe('a text that differs only in numbers', () => {
  it('is told as old → new with the difference', () => {
    const detail = changedText('epoch 1\nval_acc: 0.91 - n=3\n', 'epoch 1\nval_acc: 0.93 - n=12\n');
    expect(detail).toMatchObject({
      kind: 'numbers',
      numbers: [
        { line: 1, old: '0.91', new: '0.93', delta: 0.02 },
        { line: 1, old: '3', new: '12', delta: 9 },
      ],
    });
  });

  it.each([
    ['loss 1e-3', 'loss 2.5E-3', [{ line: 0, old: '1e-3', new: '2.5E-3', delta: 0.0015 }]],
    ['x = -1', 'x = 1', [{ line: 0, old: '-1', new: '1', delta: 2 }]],
    ['[1, 2]', '[1,    10]', [{ line: 0, old: '2', new: '10', delta: 8 }]],
    ['a  1', 'a 10', [{ line: 0, old: '1', new: '10', delta: 9 }]],
    ['5-3', '5-4', [{ line: 0, old: '3', new: '4', delta: 1 }]],
    ['layer1', 'layer2', undefined],
    ['loss 1', 'acc 2', undefined],
    ['1\n2', '1\n2\n3', undefined],
    ['v 1', `v ${'9'.repeat(400)}`, [{ line: 0, old: '1', new: '9'.repeat(400) }]],
  ])('%j and %j', (old, fresh, numbers) => {
    const detail = changedText(old, fresh);
    expect(detail.kind === 'numbers' ? detail.numbers : undefined).toEqual(numbers);
  });
});

describe('an error', () => {
  it('is told by its name and its message, then by its traceback without styles', () => {
    const failure = (ename: string, evalue: string, line: string): NotebookOutput => ({
      kind: 'error',
      data: {},
      ename,
      evalue,
      traceback: `\u001b[0;31m${ename}\u001b[0m\n${line}`,
    });
    expect(
      describeChange(failure('KeyError', "'a'", 'x'), failure('KeyError', "'b'", 'y')),
    ).toEqual([
      {
        kind: 'error',
        media: 'error',
        ename: { old: 'KeyError', new: 'KeyError', changed: false },
        evalue: { old: "'a'", new: "'b'", changed: true },
        traceback: {
          oldText: 'KeyError\nx',
          newText: 'KeyError\ny',
          hunks: [{ oldStart: 1, oldLines: ['x'], newStart: 1, newLines: ['y'] }],
        },
      },
    ]);
  });
});

describe('media', () => {
  const kindsOf = (old: Record<string, string>, fresh: Record<string, string>) =>
    describeChange(display(old), display(fresh)).map((detail) =>
      'media' in detail ? `${detail.kind} ${detail.media}` : detail,
    );

  it('that differ are told one by one, the richest first', () => {
    expect(
      kindsOf(
        { 'text/plain': 'a', 'image/png': 'AAAA', 'image/svg+xml': '<svg/>' },
        { 'text/plain': 'b', 'image/png': 'BBBB', 'image/svg+xml': '<svg/>' },
      ),
    ).toEqual(['image image/png', 'text text/plain']);
  });

  it('that differ only in an address are not told beside a picture that differs', () => {
    const figure = (address: string, png: string) => ({
      'text/plain': `<Figure at 0x${address}>`,
      'image/png': png,
    });
    expect(kindsOf(figure('7f5fd5d3eb50', 'AAAA'), figure('7f5fd5d3eb99', 'BBBB'))).toEqual([
      'image image/png',
    ]);
    expect(kindsOf(figure('7f5fd5d3eb50', 'AAAA'), figure('7f5fd5d3eb99', 'AAAA'))).toEqual([
      'text text/plain',
    ]);
  });

  it('that only one side has are named', () => {
    expect(kindsOf({ 'text/plain': 'a' }, { 'text/plain': 'b', 'text/html': '<b>b</b>' })).toEqual([
      'text text/plain',
      { kind: 'media', added: ['text/html'], removed: [] },
    ]);
  });

  it('that no page can show count only if nothing else differs', () => {
    const widget = 'application/vnd.plotly.v1+json';
    expect(
      kindsOf({ [widget]: '{"a":1}', 'text/plain': 'a' }, { [widget]: '{}', 'text/plain': 'b' }),
    ).toEqual(['text text/plain']);
    expect(
      kindsOf({ [widget]: '{"a":1}', 'text/plain': 'a' }, { [widget]: '{}', 'text/plain': 'a' }),
    ).toEqual([`text ${widget}`]);
  });

  it('of the name __proto__ are media like others', () => {
    const data = (text: string) => Object.fromEntries([['__proto__', text]]);
    expect(kindsOf(data('a'), data('b'))).toEqual(['text __proto__']);
  });
});

describe('a dataframe', () => {
  const tableOf = (old: string, fresh: string) => {
    const [detail] = describeChange(display({ 'text/html': old }), display({ 'text/html': fresh }));
    return detail?.kind === 'table' ? detail.table : undefined;
  };
  const draw = (old: string, fresh: string) =>
    tableOf(old, fresh)?.rows.map(({ change, cells }) => [
      change,
      ...cells.map((cell) => (cell.changed ? `${cell.old}→${cell.new}` : (cell.new ?? cell.old))),
    ]);

  it('is told cell by cell, rows by their labels, with differences of numbers', () => {
    const old = toDataframe(
      ['acc', 'name'],
      [
        ['0.91', 'a'],
        ['0.5', 'b'],
      ],
      ['x', 'y'],
    );
    const fresh = toDataframe(
      ['acc', 'name'],
      [
        ['0.93', 'a'],
        ['0.1', 'new'],
        ['0.5', 'c'],
      ],
      ['x', 'z', 'y'],
    );
    expect(draw(old, fresh)).toEqual([
      ['changed', 'x', '0.91→0.93', 'a'],
      ['added', 'z', '0.1', 'new'],
      ['changed', 'y', '0.5', 'b→c'],
    ]);
    const table = tableOf(old, fresh);
    expect(table?.rows[0]?.cells[1]).toEqual({
      old: '0.91',
      new: '0.93',
      changed: true,
      delta: 0.02,
    });
    expect([table?.oldNote, table?.newNote]).toEqual(['2 rows × 2 columns', '3 rows × 2 columns']);
    expect(table?.columns.map(({ isIndex }) => isIndex)).toEqual([true, false, false]);
  });

  it('does not take an index that only counts for labels', () => {
    const old = toDataframe(
      ['a', 'b'],
      [
        ['1', '2'],
        ['3', '4'],
      ],
    );
    const fresh = toDataframe(
      ['a', 'b'],
      [
        ['9', '9'],
        ['1', '2'],
        ['3', '4'],
      ],
    );
    expect(draw(old, fresh)).toEqual([
      ['added', '0', '9', '9'],
      ['same', '1', '1', '2'],
      ['same', '2', '3', '4'],
    ]);
  });

  it('aligns columns by name, those of one name in order', () => {
    const old = toDataframe(['a', 'gone', 'x', 'x'], [['1', '2', '3', '4']]);
    const fresh = toDataframe(['new', 'a', 'x', 'x'], [['0', '1', '3', '5']]);
    const table = tableOf(old, fresh);
    expect(table?.columns.map(({ name, change }) => `${name} ${change}`)).toEqual([
      ' same',
      'new added',
      'a same',
      'gone removed',
      'x same',
      'x same',
    ]);
    expect(draw(old, fresh)).toEqual([['changed', '0', '0', '1', '2', '3', '4→5']]);
  });

  it('reads headings of several rows and labels of several columns', () => {
    const frame = (value: string) =>
      '<table class="dataframe"><thead><tr><th></th><th></th><th colspan="2">loss</th></tr>' +
      '<tr><th>fold</th><th>seed</th><th>mean</th><th>std</th></tr></thead><tbody>' +
      '<tr><th rowspan="2">1</th><th>7</th><td>0.1</td><td>0.2</td></tr>' +
      `<tr><th>8</th><td>${value}</td><td>0.4</td></tr></tbody></table>`;
    const table = tableOf(frame('0.3'), frame('0.25'));
    expect(table?.columns.map(({ name }) => name)).toEqual([
      'fold',
      'seed',
      'loss / mean',
      'loss / std',
    ]);
    expect(draw(frame('0.3'), frame('0.25'))).toEqual([
      ['same', '1', '7', '0.1', '0.2'],
      ['changed', '1', '8', '0.3→0.25', '0.4'],
    ]);
  });

  it('of more than 2,000 rows, and HTML that is none, is text', () => {
    const rows = Array.from({ length: 2_001 }, (_, i) => [String(i)]);
    const changed = rows.with(5, ['other']);
    expect(tableOf(toDataframe(['a'], rows), toDataframe(['a'], changed))).toBeUndefined();
    expect(tableOf('<table><tr><td>1</td></tr></table>', '<p>1</p>')).toBeUndefined();
    const styled = toDataframe(['a'], [['1']]);
    expect(tableOf(styled, styled.replace('border="1"', 'border="0"'))).toBeUndefined();
  });

  it('takes bounded time, whatever the HTML says', () => {
    const spans = `<table class="dataframe"><tr>${'<td colspan="999999" rowspan="999999">x</td>'.repeat(2_000)}</tr></table>`;
    const nested = `${'<table class="dataframe"><tr><td>'.repeat(20_000)}x`;
    const rows = Array.from({ length: 2_000 }, (_, i) => [String(i), String(i * 7)]);
    const spentMs = measureCpuMs(() => {
      for (const html of [spans, nested])
        describeChange(display({ 'text/html': html }), display({ 'text/html': `${html}y` }));
      const [old, fresh] = [
        toDataframe(['a', 'b'], rows),
        toDataframe(['a', 'b'], rows.toReversed()),
      ];
      expect(tableOf(old, fresh)?.rows.length).toBeGreaterThanOrEqual(2_000);
    });
    expect(spentMs).toBeLessThan(5_000);
  }, 60_000);
});
