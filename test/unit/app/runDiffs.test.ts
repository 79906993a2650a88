import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import type { RunCode } from '../../../src/app/compare/runCode';
import { createRunDiffs, type RunDiffs } from '../../../src/app/compare/runDiffs';
import { createCheckpointContents } from '../../../src/app/history/checkpointContents';
import type { BlobHash, RunFile } from '../../../src/core/run/run';
import { makeFolder, openTestStore } from '../store/openTestStore';

let folder: string;
let diffs: RunDiffs;
let put: (text: string) => Promise<BlobHash>;

beforeEach(async () => {
  folder = makeFolder();
  const store = await openTestStore(folder);
  put = (text) => store.putBlob(new TextEncoder().encode(text));
  diffs = createRunDiffs(folder, createCheckpointContents(folder));
});

const script = (hash: BlobHash, more: Partial<RunCode> = {}): RunCode => ({
  ...{ title: 'train.py', scriptPath: 'train.py', files: [], codeState: { script: hash } },
  ...more,
});
const module = (path: string, hash: BlobHash, isKept = true): RunFile => ({
  ...{ role: 'code', type: 'code', path, sizeBytes: 1, modifiedAtMs: 0, hash, isKept },
});

describe('compareCode', () => {
  it('finds the one line of the script that changed', async () => {
    const old = await put('import x\nlr = 0.1\ntrain(lr)\n');
    const fresh = await put('import x\nlr = 0.01\ntrain(lr)\n');
    expect(await diffs.compareCode(script(old), script(fresh))).toEqual({
      parts: [
        {
          ...{ kind: 'script', title: 'train.py', change: 'changed', linesLeftOut: 0 },
          hunks: [{ oldStart: 1, oldLines: ['lr = 0.1'], newStart: 1, newLines: ['lr = 0.01'] }],
        },
      ],
      ...{ same: [], partsLeftOut: 0 },
    });
    expect(await diffs.compareCode(script(old), script(old))).toEqual({
      ...{ parts: [], same: ['train.py'], partsLeftOut: 0 },
    });
  });

  it('compares the modules by hash: changed, added, same, and not kept', async () => {
    const code = await put('main\n');
    const [one, other, third] = [await put('a\nb\n'), await put('a\nc\n'), await put('new\n')];
    const compared = await diffs.compareCode(
      script(code, {
        files: [module('net.py', one), module('same.py', third), module('big.py', one, false)],
      }),
      script(code, {
        files: [
          ...[module('net.py', other), module('same.py', third), module('big.py', other, false)],
          module('head.py', third),
        ],
      }),
    );
    expect(compared.same).toEqual(['train.py', 'same.py']);
    expect(
      compared.parts.map(({ title, change, hunks, problem }) => [
        ...[title, change, problem],
        ...hunks.map(({ oldLines, newLines }) => [oldLines, newLines]),
      ]),
    ).toEqual([
      ['net.py', 'changed', undefined, [['b'], ['c']]],
      ['big.py', 'changed', 'Its content was not kept for both runs.'],
      ['head.py', 'added', undefined, [[], ['new']]],
    ]);
  });

  it('shows uncommitted changes of files that are compared by nothing else', async () => {
    const code = await put('main\n');
    const patch = (path: string, line: string) =>
      `diff --git a/${path} b/${path}\n--- a/${path}\n+++ b/${path}\n@@ -1 +1 @@\n-x\n+${line}\n`;
    const old = await put(`${patch('train.py', '1')}${patch('conf.yaml', '1')}`);
    const fresh = await put(`${patch('train.py', '2')}${patch('conf.yaml', '2')}`);
    const { parts } = await diffs.compareCode(
      script(code, { codeState: { script: code, diff: old } }),
      script(code, { codeState: { script: code, diff: fresh } }),
    );
    expect(parts.map(({ title, hunks }) => [title, hunks[0]?.newLines])).toEqual([
      ['conf.yaml (uncommitted changes)', ['+2']],
    ]);
  });

  it('says of a part that cannot be read why, and shows the others', async () => {
    const [old, fresh] = [await put('a\n'), await put('b\n')];
    const [one, other] = [await put('c\n'), await put('d\n')];
    for (const name of readdirSync(join(folder, 'blobs'), { recursive: true, encoding: 'utf8' })) {
      if (name.includes(old)) writeFileSync(join(folder, 'blobs', name), 'damaged');
    }
    const { parts } = await diffs.compareCode(
      script(old, { files: [module('net.py', one)] }),
      script(fresh, { files: [module('net.py', other)] }),
    );
    expect(parts[0]?.problem).toMatch(/damaged/);
    expect(parts[1]?.hunks).toHaveLength(1);
    const unkept = await diffs.compareCode({ title: 'a.py', files: [] }, script(fresh));
    expect(unkept.parts[0]).toMatchObject({ title: 'a.py → train.py', change: 'unknown' });
  });

  it('takes generated sources of megabytes, and sends what is worth reading', async () => {
    const lines = (from: number) =>
      Array.from({ length: 50_000 }, (_, at) => `x${at} = table[${from + at}]  # generated`);
    const many = [await put(lines(0).join('\n')), await put(lines(7).join('\n'))] as const;
    const [part] = (await diffs.compareCode(script(many[0]), script(many[1]))).parts;
    expect(part?.problem).toBeUndefined();
    const shown = part?.hunks.reduce((sum, { newLines }) => sum + newLines.length, 0) ?? 0;
    expect(shown).toBeLessThanOrEqual(2_000);
    expect(shown + (part?.linesLeftOut ?? 0)).toBe(50_000);

    const long = 'w'.repeat(2_000_000);
    const one = [await put(`${long}old${long.slice(0, 90)}\n`), await put(`${long}new\n`)] as const;
    const [line] = (await diffs.compareCode(script(one[0]), script(one[1]))).parts;
    const { oldLines, newLines } = line?.hunks[0] ?? {};
    expect(oldLines?.[0]).toMatch(/^ … 1,999,900 characters not shown … w{100}oldw{90}$/);
    expect(newLines?.[0]).toMatch(/^ … 1,999,900 characters not shown … w{100}new$/);

    const huge = await put('y = 1\n'.repeat(900_000));
    const [large] = (await diffs.compareCode(script(huge), script(many[0]))).parts;
    expect(large).toMatchObject({ change: 'changed', problem: expect.stringMatching(/too large/) });
  });

  it('says of what is no text, and of a cell against a command, that it cannot be compared', async () => {
    const [old, fresh] = [await put('\u007fELF\0\u0001'), await put('\u007fELF\0\u0002')];
    const [part] = (await diffs.compareCode(script(old), script(fresh))).parts;
    expect(part).toMatchObject({
      change: 'changed',
      hunks: [],
      problem: expect.stringMatching(/^It is no text/),
    });
    const cell: RunCode = {
      title: 'explore [3]',
      files: [],
      cell: { cellIndex: 2, cellSource: 'fit(1)' },
    };
    const mixed = await diffs.compareCode(cell, script(await put('fit(1)\n')));
    expect(mixed.parts).toEqual([
      {
        ...{ kind: 'cell', title: 'explore [3] → train.py', change: 'unknown', hunks: [] },
        ...{ linesLeftOut: 0, problem: 'One of these is a cell, the other a command.' },
      },
    ]);
  });

  it('compares the cells of notebooks by the engine of the notebook diff', async () => {
    const notebook = (source: string) =>
      JSON.stringify({
        cells: [
          { cell_type: 'markdown', id: 'm', metadata: {}, source: 'Title' },
          { cell_type: 'code', id: 'c', metadata: {}, source, outputs: [], execution_count: null },
        ],
        ...{ metadata: {}, nbformat: 4, nbformat_minor: 5 },
      });
    const cell = async (cellSource: string, kept = cellSource): Promise<RunCode> => ({
      ...{ title: 'explore [2]', cell: { cellId: 'c', cellIndex: 1, cellSource }, files: [] },
      checkpoint: { content: await put(notebook(kept)) },
    });
    const compared = await diffs.compareCode(
      await cell('fit(x)\nlr = 1\n'),
      await cell('fit(x)\nlr = 2\n'),
    );
    expect(compared.notebook?.changed).toBe(1);
    expect(compared.parts.map(({ title, hunks }) => [title, hunks[0]?.newLines])).toEqual([
      ['Cell 2', ['lr = 2']],
    ]);
    // Two runs of one checkpoint, which was taken when the cell had been changed already.
    const edited = await diffs.compareCode(
      await cell('lr = 1', 'lr = 3'),
      await cell('lr = 2', 'lr = 3'),
    );
    expect(edited.parts.map(({ title, hunks }) => [title, hunks[0]?.oldLines])).toEqual([
      ['Cell 2', ['lr = 1']],
    ]);
    // Without a checkpoint the cells that ran are what there is.
    const { checkpoint: _, ...alone } = await cell('fit(x)\nlr = 3\n');
    const cells = await diffs.compareCode(await cell('fit(x)\nlr = 1\n'), alone);
    expect(cells.parts[0]).toMatchObject({ title: 'explore [2]', change: 'changed' });
  });
});

describe('compareLogs', () => {
  it('reads the logs of a real program', () => {
    const capture = readFileSync(join(__dirname, '../../fixtures/captures/mmengineRun.capture'));
    const { hunks, sameLines } = diffs.compareLogs(capture, capture);
    expect(hunks).toEqual([]);
    expect(sameLines).toBeGreaterThan(3);
  });
});
