import { describe, expect, it } from 'vitest';
import { createLineBlocks } from '../../../../src/app/log/lineBlocks';
import { createLogService } from '../../../../src/app/log/logService';
import { createShownLog } from '../../../../src/app/log/shownLog';
import { Cancelled } from '../../../../src/core/userError';
import { serveInMemory } from '../memoryRpc';

function open(text: string, partBytes = 7) {
  const log = createShownLog();
  const bytes = new TextEncoder().encode(text);
  for (let at = 0; at < bytes.length; at += partBytes) log.append(bytes.slice(at, at + partBytes));
  log.end();
  return log;
}
const texts = (lines: readonly { readonly text: string }[]) => lines.map(({ text }) => text);
const loss = { name: 'loss', pattern: 'loss (?<value>{number})' };

describe('a log that is looked at', () => {
  it('is as a person saw it, wherever its bytes were cut', () => {
    const raw = '\x1b[1mgrün\x1b[0m\n10%|█  |\r90%|███|\rfinished ✓\r\nlast';
    expect(texts(open(raw).readLines(0, 9, undefined))).toEqual(['grün', 'finished ✓', 'last']);
  });

  it('shows what a pattern finds in the lines asked for', () => {
    const log = open('a\nloss 5 loss 6\nb\n');
    expect(log.readLines(1, 3, loss)).toMatchObject([
      {
        line: 1,
        marks: [
          { start: 5, end: 6, key: 'loss' },
          { start: 12, end: 13 },
        ],
      },
      { line: 2, marks: [] },
    ]);
    expect(log.readLines(0, 1, { pattern: '(' })).toMatchObject([{ text: 'a', marks: [] }]);
  });

  it('gives the lines that the pattern tried last matches, and no others', async () => {
    const log = open(
      Array.from({ length: 2_000 }, (_, at) => (at % 5 ? 'x' : `loss ${at}`)).join('\n'),
    );
    expect(log.readMatching(0, 5, loss)).toEqual([]);
    expect(await log.tryPattern(loss)).toMatchObject({ lineCount: 400 });
    expect(log.readMatching(398, 402, loss).map(({ line }) => line)).toEqual([1990, 1995]);
    expect(log.readMatching(0, 5, { name: 'other', pattern: 'x' })).toEqual([]);
  });

  it('gives up a trial and a search for a newer one', async () => {
    const log = open('x loss 1\n'.repeat(50_000));
    const slow = { name: 'slow', pattern: '(\\w+ *)+(?<value>{number})' };
    const old = expect(log.tryPattern(slow)).rejects.toThrow(Cancelled);
    expect(await log.tryPattern(loss)).toMatchObject({ lineCount: 50_000 });
    await old;
  });

  it('finds a text forwards and backwards, round the end, whatever its case', async () => {
    const log = open('Apple\nbanana\napple pie\ncherry\n');
    expect(await log.findLine('APPLE', 0, 1)).toBe(2);
    expect(await log.findLine('apple', 2, 1)).toBe(0);
    expect(await log.findLine('apple', 0, -1)).toBe(2);
    expect(await log.findLine('banana', 1, 1)).toBe(1);
    expect(await log.findLine('plum', 0, 1)).toBeUndefined();
  });

  it('shows of a very long line its beginning', () => {
    const [line] = open('x'.repeat(5_000)).readLines(0, 1, undefined);
    expect(line).toMatchObject({ isCut: true });
    expect(line?.text.length).toBe(2_000);
  });
});

describe('line blocks', () => {
  it('give every line back, across their edges', () => {
    const blocks = createLineBlocks();
    const lines = Array.from({ length: 1_300 }, (_, at) => `${at} ünï`);
    for (const line of lines) blocks.push(line);
    expect(blocks.count).toBe(1_300);
    expect(blocks.read(500, 1_050)).toEqual(lines.slice(500, 1_050));
    expect(blocks.read(1_290, 9_999)).toEqual(lines.slice(1_290));
    expect(blocks.read(5_000, 5_001)).toEqual([]);
  });
});

it('the service proposes a pattern and a name, or says why it cannot', async () => {
  const logs = serveInMemory(createLogService());
  await logs.open('l');
  await logs.append('l', new TextEncoder().encode('Epoch 1: q = 0.5\n'));
  expect(await logs.endOf('l')).toBe(1);
  expect(await logs.propose('l', 0, { value: { start: 13, end: 16 } })).toEqual({
    name: 'q',
    pattern: '\\bEpoch +{number}: q = *(?<value>{number})',
  });
  await expect(logs.propose('l', 0, { value: { start: 1, end: 2 } })).rejects.toThrow(
    /cannot be told/,
  );
  await logs.close('l');
  await expect(logs.readLines('l', 0, 1, undefined)).rejects.toThrow(/not open/);
});
