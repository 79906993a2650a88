import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { crc32c } from '../../../src/core/formats/crc32c';
import { createCsvLogDecoder } from '../../../src/core/formats/csvLogDecoder';
import { createFormatDecoder, fileFormat } from '../../../src/core/formats/fileFormat';
import type { FormatDecoder, FormatReading } from '../../../src/core/formats/formatReading';
import { createTfEventsDecoder } from '../../../src/core/formats/tfEventsDecoder';
import '../../support/propertySeed';

const root = join(__dirname, '../../fixtures/formats');
const events = new Uint8Array(
  readFileSync(join(root, 'tensorboardX/runs/exp1/events.out.tfevents.1795728996.vm')),
);
const here = { side: undefined, prefix: '' };

function all(decoder: FormatDecoder, ...pieces: readonly Uint8Array[]): FormatReading {
  const readings = [...pieces.map((piece) => decoder.push(piece)), decoder.end()];
  return {
    metrics: readings.flatMap(({ metrics }) => metrics),
    params: readings.flatMap(({ params }) => params),
    notes: readings.flatMap(({ notes }) => notes),
  };
}
const text = (value: string) => new TextEncoder().encode(value);
const table = (value: string) => all(createCsvLogDecoder(), text(value));
const decoderOf = (path: string) => {
  const format = fileFormat(path);
  if (format === undefined) throw new Error(path);
  return createFormatDecoder(format, []);
};

test('the checksum is the one of RFC 3720', () => {
  expect(crc32c(new Uint8Array(32))).toBe(0x8a9136aa);
  expect(crc32c(text('123456789'))).toBe(0xe3069283);
});

describe('a damaged event file', () => {
  const whole = all(createTfEventsDecoder(here), events);

  test('that is torn at any place gives what came before, without a word', () => {
    for (let length = 0; length < events.length; length += 3) {
      const torn = all(createTfEventsDecoder(here), events.subarray(0, length));
      expect(torn.metrics).toEqual(whole.metrics.slice(0, torn.metrics.length));
      expect(torn.notes).toEqual([]);
    }
  });

  test('with a changed byte loses no more than the record that it is in, and says so', () => {
    for (let at = 0; at < events.length; at++) {
      const changed = events.slice();
      changed[at] = (changed[at] ?? 0) ^ 0x55;
      const { metrics, notes } = all(createTfEventsDecoder(here), changed);
      expect(metrics.length).toBeGreaterThanOrEqual(whole.metrics.length - 1);
      // The rest of the last record could still come, by what its changed length says.
      if (at < events.length - 60) expect(notes).toEqual(['A damaged part of it was left out.']);
    }
  });

  test('that another program wrote over in the middle is found again behind it', () => {
    const middle = text('Traceback (most recent call last):\n'.repeat(50));
    const { metrics, notes } = all(
      createTfEventsDecoder(here),
      events.subarray(0, 200),
      middle,
      events,
    );
    expect(metrics.slice(-whole.metrics.length)).toEqual(whole.metrics);
    expect(notes).toEqual(['A damaged part of it was left out.']);
  });

  test('of zeros or of anything is given up, in no time', () => {
    const startedMs = performance.now();
    const zeros = new Uint8Array(1024 * 1024);
    const decoder = createTfEventsDecoder(here);
    const notes = Array.from({ length: 200 }, () => decoder.push(zeros).notes).flat();
    expect(notes).toEqual([
      'A damaged part of it was left out.',
      'It is damaged, and the rest of it is not read.',
    ]);
    expect(performance.now() - startedMs).toBeLessThan(10_000);
  });

  test('whose record says that it has a terabyte holds nothing of it', () => {
    const head = new Uint8Array(12);
    new DataView(head.buffer).setUint32(4, 200, true);
    const crc = crc32c(head, 0, 8);
    new DataView(head.buffer).setUint32(8, ((crc >>> 15) | (crc << 17)) + 0xa282ead8, true);
    const decoder = createTfEventsDecoder(here);
    decoder.push(events);
    decoder.push(head);
    const before = process.memoryUsage().arrayBuffers;
    const piece = new Uint8Array(8 * 1024 * 1024);
    for (let count = 0; count < 20; count++) expect(decoder.push(piece).metrics).toEqual([]);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(40 * 1024 * 1024);
  });
});

describe('a table', () => {
  test('that grows gives each row once it is whole', () => {
    const decoder = createCsvLogDecoder();
    expect(decoder.push(text('epoch,lo')).metrics).toEqual([]);
    expect(decoder.push(text('ss\n0,0.5\n1,0.')).metrics).toEqual([
      { key: 'loss', value: 0.5, epoch: 0 },
    ]);
    expect(decoder.push(text('25\n')).metrics).toEqual([{ key: 'loss', value: 0.25, epoch: 1 }]);
    decoder.push(text('2,0.125'));
    expect(decoder.end().metrics).toEqual([{ key: 'loss', value: 0.125, epoch: 2 }]);
  });

  test('of Ultralytics has padded names, and of another separator is read too', () => {
    const { metrics } = table(
      '                  epoch,         train/box_loss,   metrics/mAP50(B)\n' +
        '                      1,                  1.234,             0.5\n',
    );
    expect(metrics).toEqual([
      { key: 'train/box_loss', value: 1.234, epoch: 1 },
      { key: 'metrics/mAP50(B)', value: 0.5, epoch: 1 },
    ]);
    expect(table('epoch;loss\r\n3;nan\r\n').metrics).toEqual([
      { key: 'loss', value: Number.NaN, epoch: 3 },
    ]);
  });

  test('that counts no steps, as a data set or predictions, gives nothing', () => {
    for (const value of [
      'id,label,score\n1,cat,0.5\n',
      'loss,accuracy\n0.1,0.2\n',
      'no table at all\n',
      '\n\n',
      'epoch\n1\n',
    ]) {
      expect(table(value)).toEqual({ metrics: [], params: [], notes: [] });
    }
  });

  test('keeps times out, and takes them for the time of its points', () => {
    expect(table('timestamp,step,loss,elapsed_time\n1700000000,1,0.5,33\n').metrics).toEqual([
      { key: 'loss', value: 0.5, step: 1, atMs: 1_700_000_000_000 },
    ]);
  });

  test('with rows of another width, a header again, or names of an object is read', () => {
    const { metrics } = table(
      'step,__proto__,constructor\n1,2,3\n1,2\nstep,__proto__,constructor\n2,x,1e999\n',
    );
    expect(metrics).toEqual([
      { key: 'constructor', value: 3, step: 1 },
      { key: 'constructor', value: Number.POSITIVE_INFINITY, step: 2 },
    ]);
  });

  test('with a million columns, or a line without an end, is refused in no time', () => {
    const wide = `epoch,${Array.from({ length: 1_000_000 }, (_, index) => `c${index}`).join(',')}\n`;
    const piece = text('a,'.repeat(500_000));
    const startedMs = performance.now();
    expect(table(wide).metrics).toEqual([]);
    const decoder = createCsvLogDecoder();
    const notes = Array.from({ length: 100 }, () => decoder.push(piece).notes);
    expect(notes.flat()).toEqual(['It has a line too long for a table of metrics.']);
    expect(performance.now() - startedMs).toBeLessThan(10_000);
  });
});

describe('JSON', () => {
  const lines = (value: string) => all(decoderOf('run/metrics.json'), text(value)).metrics;

  test('of a line each, with what is none of it passed over', () => {
    expect(
      lines(
        '{"iteration": 19, "total_loss": 0.5, "data_time": 0.1, "lr": 0.01, "bbox/AP": NaN}\n' +
          'no json\n{"note": 1}\n[1, 2]\n' +
          '{"mode": "val", "epoch": 2, "acc": 0.5, "__proto__": {"loss": 1}, "list": [1]}\n',
      ),
    ).toEqual([
      { key: 'total_loss', value: 0.5, step: 19 },
      { key: 'lr', value: 0.01, step: 19 },
      { key: 'bbox/AP', value: Number.NaN, step: 19 },
      { key: 'acc', value: 0.5, epoch: 2, context: 'val' },
      { key: '__proto__/loss', value: 1, epoch: 2, context: 'val' },
    ]);
  });

  test('that is deep, large or cut is refused with a note', () => {
    const deep = '['.repeat(200_000);
    const state = (value: string) => all(decoderOf('out/trainer_state.json'), text(value));
    expect(state(deep).notes).toEqual(['It could not be read.']);
    expect(state('{"log_history": [{"loss"').notes).toEqual(['It could not be read.']);
    expect(state('{"log_history": 3}')).toEqual({ metrics: [], params: [], notes: [] });
    const decoder = decoderOf('out/trainer_state.json');
    for (let count = 0; count < 40; count++) decoder.push(new Uint8Array(1024 * 1024));
    expect(decoder.end().notes).toEqual(['It is too large to be read.']);
  });
});

test('params of YAML that refers to itself a billion times are refused', () => {
  const bomb = `a: &a [x, x, x, x, x, x, x, x, x]\n${'bcdefghi'
    .split('')
    .map((name, index) => `${name}: &${name} [${`*${'abcdefgh'[index]},`.repeat(9)}]\n`)
    .join('')}`;
  const { params, notes } = all(decoderOf('x/hparams.yaml'), text(bomb));
  expect([params, notes]).toEqual([[], ['It could not be read.']]);
  const read = (path: string, value: string) => all(decoderOf(path), text(value)).params;
  expect(read('x/hparams.yaml', 'lr: 0.1\n__proto__:\n  x: 1\nt: !!python/tuple [1, 2]\n')).toEqual(
    [
      { key: 'lr', value: '0.1', origin: 'config' },
      { key: '__proto__.x', value: '1', origin: 'config' },
      { key: 't', value: '[1,2]', origin: 'config' },
    ],
  );
  expect(
    read(
      'wandb/offline-run-1/files/config.yaml',
      '_wandb:\n  value:\n    t: 1\nlr:\n  desc: null\n  value: 0.1\nnet:\n  value:\n    depth: 3\n',
    ),
  ).toEqual([
    { key: 'lr', value: '0.1', origin: 'config' },
    { key: 'net.depth', value: '3', origin: 'config' },
  ]);
});

test("a metric of MLflow's file store has its own time", () => {
  const path = `w/mlruns/0/${'a'.repeat(32)}/metrics/val/loss`;
  expect(
    all(decoderOf(path), text('1700000000000 0.5 1\n1700000000001 nan 2\nx\n')).metrics,
  ).toEqual([
    { key: 'val/loss', value: 0.5, step: 1, atMs: 1_700_000_000_000 },
    { key: 'val/loss', value: Number.NaN, step: 2, atMs: 1_700_000_000_001 },
  ]);
});

test('no decoder throws on any bytes, in any pieces', () => {
  const paths = [
    'events.out.tfevents.1.h',
    'metrics.csv',
    'a/plots/metrics/x.tsv',
    'metrics.json',
    'trainer_state.json',
    'wandb-summary.json',
    'hparams.yaml',
    `mlruns/0/${'a'.repeat(32)}/metrics/x`,
  ];
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 300 }),
    fc.string({ maxLength: 300 }).map(text),
    fc
      .tuple(fc.nat(events.length), fc.nat(events.length), fc.uint8Array({ maxLength: 20 }))
      .map(([from, to, more]) => Uint8Array.from([...events.subarray(from, to), ...more])),
  );
  fc.assert(
    fc.property(fc.constantFrom(...paths), fc.array(bytes, { maxLength: 5 }), (path, pieces) => {
      all(decoderOf(path), ...pieces);
    }),
    { numRuns: 2000 },
  );
});
