import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diffNotebooks } from '../../../src/core/notebook/diffNotebooks';
import { diffOutputs } from '../../../src/core/notebook/diffOutputs';
import { mergeStreams, toStableText } from '../../../src/core/notebook/normalizeOutput';
import type { NotebookOutput } from '../../../src/core/notebook/notebook';
import { describeCell } from '../../../src/core/notebook/view/cellDetail';
import { createWorkBudget } from '../../../src/core/notebook/workBudget';
import { outputs } from './arbitraryNotebook';
import { measureCpuMs } from './cpuTime';

function stream(text: string, name = 'stdout'): NotebookOutput {
  return { kind: 'stream', name, data: {}, text };
}

function display(data: Readonly<Record<string, string>>): NotebookOutput {
  return { kind: 'display', data };
}

const kindsOf = (old: readonly NotebookOutput[], fresh: readonly NotebookOutput[]) =>
  diffOutputs(old, fresh).map(({ kind }) => kind);

describe('diffOutputs', () => {
  it('lists both sides in order, pieces of a stream as one', () => {
    fc.assert(
      fc.property(outputs, outputs, (old, fresh) => {
        const diffs = diffOutputs(old, fresh);
        expect(diffs.flatMap((diff) => diff.old ?? [])).toEqual(mergeStreams(old));
        expect(diffs.flatMap((diff) => diff.new ?? [])).toEqual(mergeStreams(fresh));
        expect(
          diffOutputs(old, old).every(({ kind, onlyVolatile }) => kind === 'same' && !onlyVolatile),
        ).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('does not mind how a stream was cut', () => {
    expect(kindsOf([stream('a'), stream('b\n')], [stream('ab\n')])).toEqual(['same']);
  });

  it('keeps the others the same when a warning comes first', () => {
    const plot = display({ 'image/png': 'AAAA' });
    expect(kindsOf([plot], [stream('careful\n', 'stderr'), plot])).toEqual(['added', 'same']);
  });

  it('pairs an output with what took its place if they can be compared', () => {
    expect(kindsOf([stream('loss 1')], [stream('loss 2')])).toEqual(['changed']);
    expect(kindsOf([stream('x')], [stream('x', 'stderr')])).toEqual(['removed', 'added']);
    expect(kindsOf([display({ 'text/plain': '1' })], [display({ 'image/png': 'A' })])).toEqual([
      'removed',
      'added',
    ]);
  });
});

describe('metadata of an output', () => {
  const plot = display({ 'image/png': 'AAAA' });
  const wide = { ...plot, metadata: { 'image/png': { width: 400 } } };

  it('that differs is minor, whatever the order of its keys', () => {
    expect(diffOutputs([plot], [wide])).toMatchObject([{ kind: 'same', onlyVolatile: true }]);
    const [a, b] = [
      { x: 1, y: 2 },
      { y: 2, x: 1 },
    ].map((metadata) => ({ ...plot, metadata }));
    expect(diffOutputs(a ? [a] : [], b ? [b] : [])).toMatchObject([{ onlyVolatile: false }]);
  });

  it('makes its cell differ in what is minor alone, and is told there', () => {
    const [old, fresh] = [plot, wide].map((output) => ({
      cells: [{ kind: 'code' as const, source: 'x', outputs: [output], metadata: {} }],
      metadata: {},
      language: 'python',
      nbformat: 4,
      nbformatMinor: 5,
    }));
    if (!old || !fresh) throw new Error('two notebooks are made');
    const [cell] = diffNotebooks(old, fresh).cells;
    expect(cell).toMatchObject({ kind: 'same', outputsChanged: false, minorChanged: true });
    const detail = cell && describeCell(cell, createWorkBudget(1e6));
    expect(detail?.outputs).toMatchObject([
      {
        onlyVolatile: true,
        details: [{ media: 'metadata', oldText: '{}', newText: '{"image/png":{"width":400}}' }],
      },
    ]);
  });
});

describe('volatile text', () => {
  const noise: readonly (readonly [string, string])[] = [
    ['<Net object at 0x7f5fd5d3eb50>', '<Net object at 0x7f0011223344>'],
    ['id="3fa85f64-5717-4562-b3fc-2c963f66afa6"', 'id="00000000-0000-4000-8000-000000000000"'],
    ['<div id="sk-container-id-1">', '<div id="sk-container-id-12">'],
    ['#T_0aedb_row0_col0', '#T_028f8_row0_col0'],
    ['/tmp/ipykernel_12/345.py:3: UserWarning', '/tmp/ipykernel_99/1.py:3: UserWarning'],
    ['Cell In[3], line 1', 'Cell In[14], line 1'],
    ['CPU times: user 1 s\nWall time: 2 s', 'CPU times: user 9 ms\nWall time: 31 ms'],
    ['1.2 ms ± 3 µs per loop', '980 µs ± 12.5 ns per loop'],
    ['100%|##| 9/9 [00:01<00:00,  8.9it/s]', '100%|##| 9/9 [00:02<00:00,  4.2it/s]'],
    ['9/9 - 2s 14ms/step - loss: 0.5', '9/9 - 1s 9ms/step - loss: 0.5'],
    ['2026-01-02 03:04:05,678 INFO x', '2026-02-03 04:05:06,789 INFO x'],
    ['1%\r50%\r100%\n', '3%\r100%\n'],
    ['trailing  \nspace\n', 'trailing\nspace'],
    ['\u001b[31mred\u001b[0m', '\u001b[1;32mred\u001b[m'],
    ['Cell \u001b[0;32mIn[3], line 1', 'Cell In[14], line 1'],
    ['Wrote /var/folders/x/tmpuo8yeltp/a.git', 'Wrote /var/folders/x/tmpaj2w2puq/a.git'],
  ];
  it.each(noise)('%j is the same as %j', (a, b) => {
    expect(diffOutputs([stream(a)], [stream(b)])).toMatchObject([
      { kind: 'same', onlyVolatile: true },
    ]);
  });

  const results: readonly (readonly [string, string])[] = [
    ['acc 0.91', 'acc 0.93'],
    ['2026-01-02', '2026-01-03'],
    ['start 2026-01-02 03:04:05', 'start 2026-01-03 03:04:05'],
    ['[1, 2]', '[1, 3]'],
    ['0x1f', '0x2f'],
    ['T_max 3', 'T_max 4'],
    ['shape (3, 4)', 'shape (3, 5)'],
    ['loss: 0.5 - 2s', 'loss: 0.4 - 2s'],
  ];
  it.each(results)('%j is not the same as %j', (a, b) => {
    expect(kindsOf([stream(a)], [stream(b)])).toEqual(['changed']);
  });

  it('leaves images alone but for how their base64 is broken into lines', () => {
    const [a, b, c] = ['AA\nAA\n', 'AAAA', 'AAAB'].map((png) => display({ 'image/png': png }));
    expect(kindsOf([a ?? stream('')], [b ?? stream('')])).toEqual(['same']);
    expect(kindsOf([a ?? stream('')], [c ?? stream('')])).toEqual(['changed']);
  });

  it('is found in linear time', () => {
    const pieces = ['0', '0.', ' ', ' x', '[1<0, ', '[0', 'T_', '\r', 'In [', '0123456789abcdef-'];
    const spentMs = measureCpuMs(() => {
      for (const piece of pieces) toStableText(stream(`${piece.repeat(100_000)}x`));
    });
    expect(spentMs).toBeLessThan(2_000);
  }, 60_000);
});
