import { describe, expect, it } from 'vitest';
import { createRunLogService } from '../../../src/app/log/runLogService';
import { compileQuery, type SourceQuery } from '../../../src/core/history/sourceSearch';
import { toRunId } from '../../page/support/sampleRuns';

const query = (text: string, more: Partial<SourceQuery> = {}): SourceQuery => ({
  ...{ text, matchCase: false, wholeWord: false, isRegex: false },
  ...more,
});

function open(raw: string) {
  const bytes = new TextEncoder().encode(raw);
  const service = createRunLogService(() => ({
    sizeBytes: () => bytes.length,
    read: (start, length) => bytes.subarray(start, start + length),
  }));
  service.openRunLog('log', toRunId(0));
  while (!service.growRunLog('log').isWhole);
  return service;
}

const reading = { command: 'python train.py', patterns: [], isOver: true };

describe('the log of a run', () => {
  it('is given with its colours and what is looked for', () => {
    const log = open('\x1b[1;31mERROR\x1b[0m disk full\r\nfine\n');
    const [line] = log.readRunLog('log', 0, 1, query('disk'));
    expect(line).toEqual({
      ...{ line: 0, text: 'ERROR disk full', leftOutChars: 0, points: [] },
      spans: [{ start: 0, end: 5, style: { bold: true, foreground: 1 } }],
      found: [{ start: 6, end: 10 }],
    });
  });

  it('is searched to its end in turns, for texts and expressions', () => {
    const log = open(Array.from({ length: 5000 }, (_, n) => `step ${n} loss 0.${n}\n`).join(''));
    const all = (wanted: SourceQuery) => {
      const lines: number[] = [];
      for (let from = 0; ; ) {
        const found = log.findInRunLog('log', wanted, from);
        lines.push(...found.lines);
        if (found.isWhole) return lines;
        from = found.nextLine;
      }
    };
    expect(all(query('STEP 4999 '))).toEqual([4999]);
    expect(all(query('STEP 4999 ', { matchCase: true }))).toEqual([]);
    expect(all(query('^step \\d+00 ', { isRegex: true }))).toHaveLength(49);
    expect(() => all(query('(', { isRegex: true }))).toThrow(/no regular expression/);
  });

  it('is searched as each of its lines would be, coloured, blank at the end and redrawn', () => {
    const raw = Array.from({ length: 4000 }, (_, n) =>
      n % 7 === 0
        ? `\x1b[3${n % 8}mstep\x1b[0m ${n}  \r\n`
        : n % 50 === 3
          ? `a\rbar ${n}\n`
          : `${n}\n`,
    ).join('');
    const log = open(raw);
    const shown = log.copyRunLog('log', 0, 4000).split('\n');
    for (const text of ['^step \\d+$', '^\\d+5$', 'bar 1?5', 'p \\d*7$', 'x*', '\\A3', '\\s']) {
      const found: number[] = [];
      for (let from = 0, isWhole = false; !isWhole; ) {
        const part = log.findInRunLog('log', query(text, { isRegex: true }), from);
        found.push(...part.lines);
        ({ nextLine: from, isWhole } = part);
      }
      const find = compileQuery(query(text, { isRegex: true }));
      const expected = shown.flatMap((line, at) => (find(line) ? at : []));
      expect(found, text).toEqual(expected);
    }
  });

  it('is searched to its end where the last line shows nothing yet', () => {
    expect(open('one\n\r').findInRunLog('log', query('one'), 0)).toMatchObject({
      ...{ lines: Float64Array.of(0), isWhole: true },
    });
  });

  it('finds what stands far behind long lines', () => {
    const long = 'x'.repeat(1500);
    const log = open(`${`${long}\n`.repeat(900)}NEEDLE\n${`${long}\n`.repeat(100)}`);
    expect([...log.findInRunLog('log', query('needle'), 0).lines]).toEqual([900]);
  });

  it('knows the line of each point, and the points of each line', () => {
    const raw = Array.from(
      { length: 40 },
      (_, epoch) => `\x1b[32mEpoch ${epoch + 1}/40\x1b[0m\r\nval_acc: ${0.5 + epoch / 100}\n`,
    ).join('');
    const log = open(raw);
    while (log.readRunPoints('log', reading) < 1);
    log.readRunPoints('log', reading);
    const point = { key: 'val_acc', value: 0.5 + 11 / 100, step: 12, share: 0.3 };
    expect(log.lineOfRunPoint('log', point)).toBe(23);
    expect(log.lineOfRunPoint('log', { ...point, value: 7 })).toBeUndefined();
    const [line] = log.readRunLog('log', 23, 24, undefined);
    expect(line?.points).toEqual([{ key: 'val_acc', value: 0.61, step: 12 }]);
  });

  it('finds the point of a bar that was redrawn in one line', () => {
    const bars = Array.from(
      { length: 3 },
      (_, n) =>
        `\rEpoch ${n + 1}:  50%|█  | 5/10 [00:01<00:01, loss=0.9]\rEpoch ${n + 1}: 100%|███| 10/10 [00:02<00:00, loss=0.${n + 1}5]\n`,
    );
    const log = open(`start\n${bars.join('')}end\n`);
    while (log.readRunPoints('log', reading) < 1);
    log.readRunPoints('log', reading);
    const lines = [0.15, 0.25, 0.35].map((value) =>
      log.lineOfRunPoint('log', { key: 'loss', value, step: Number.NaN, share: 0 }),
    );
    expect(lines).toEqual([1, 2, 3]);
  });

  it('is copied as plain text', () => {
    expect(open('\x1b[31mone\x1b[0m\ntwo\nthree\n').copyRunLog('log', 0, 2)).toBe('one\ntwo\n');
  });
});
