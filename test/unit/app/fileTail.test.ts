import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type FileTail, type FileTailOptions, followFile } from '../../../src/app/fileTail';

let folder: string;
let path: string;
let texts: string[];
let errors: unknown[];
const open: FileTail[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'epochlog-tail-'));
  path = join(folder, 'train.log');
  texts = [];
  errors = [];
});
afterEach(async () => {
  await Promise.all(open.splice(0).map((tail) => tail.cancel()));
  rmSync(folder, { recursive: true, force: true });
});

function follow(options: Partial<FileTailOptions> = {}): FileTail {
  const tail = followFile({
    path,
    onText: (text) => void texts.push(text),
    onError: (error) => errors.push(error),
    pollEveryMs: 20,
    ...options,
  });
  open.push(tail);
  return tail;
}
const read = () => texts.join('');

describe('a file that grows', () => {
  test('is read by itself while it grows, and to its end when it is let go', async () => {
    writeFileSync(path, 'one\n');
    const tail = follow();
    await expect.poll(read).toBe('one\n');
    appendFileSync(path, 'two\n');
    await expect.poll(read).toBe('one\ntwo\n');
    appendFileSync(path, 'three');
    await tail.stop();
    expect(read()).toBe('one\ntwo\nthree');
    appendFileSync(path, 'four');
    await delay(60);
    expect(read()).toBe('one\ntwo\nthree');
    expect(errors).toEqual([]);
  });

  test('is noticed without a word of the system', async () => {
    // Made only after it was looked for: nothing watches it until the clock says so.
    const tail = follow();
    await tail.caughtUp();
    writeFileSync(path, 'late\n');
    await expect.poll(read).toBe('late\n');
  });

  test('is read from the place that is asked for, and tells where to go on', async () => {
    writeFileSync(path, 'old\nnew é\n');
    const places: number[] = [];
    const tail = follow({
      fromByte: 4,
      onText: (text, { nextByte }) => {
        texts.push(text);
        places.push(nextByte);
      },
    });
    await tail.caughtUp();
    expect(read()).toBe('new é\n');
    expect(places).toEqual([statSync(path).size]);
  });

  test('gives no half characters, also where the place to go on lies in between', async () => {
    const bytes = Buffer.from('α→🚀ω');
    writeFileSync(path, '');
    const places: number[] = [];
    const tail = follow({
      onText: (text, { nextByte }) => {
        texts.push(text);
        places.push(nextByte);
      },
    });
    for (const byte of bytes) {
      appendFileSync(path, Buffer.of(byte));
      await tail.caughtUp();
    }
    expect(texts).toEqual(['α', '→', '🚀', 'ω']);
    expect(places).toEqual([2, 5, 9, 11]);
  });

  test('gives what is cut at its very end', async () => {
    writeFileSync(path, Buffer.from('ok →').subarray(0, 5));
    const tail = follow();
    await tail.caughtUp();
    expect(read()).toBe('ok ');
    await tail.stop();
    expect(read()).toBe('ok \uFFFD');
  });

  test('of many megabytes is read in pieces, each waited for, and whole', async () => {
    const line = 'step 1 loss=0.5 größer\n';
    const text = line.repeat(200_000);
    writeFileSync(path, text);
    let at = 0;
    let atOnce = 0;
    const tail = follow({
      onText: async (piece) => {
        expect(++atOnce).toBe(1);
        expect(Buffer.byteLength(piece)).toBeLessThanOrEqual(64 * 1024);
        expect(text.startsWith(piece, at)).toBe(true);
        at += piece.length;
        await new Promise((resolve) => setImmediate(resolve));
        atOnce--;
      },
    });
    await tail.stop();
    expect(at).toBe(text.length);
    expect(errors).toEqual([]);
  });

  test('is let go in the middle when that is asked for', async () => {
    writeFileSync(path, 'x'.repeat(1024 * 1024));
    const tail = follow({
      onText: (text) => {
        texts.push(text);
        void tail.cancel();
      },
    });
    await tail.caughtUp();
    await tail.cancel();
    expect(read()).toHaveLength(64 * 1024);
  });
});

describe('a file that is written anew', () => {
  test('is read again from its start when it was truncated', async () => {
    writeFileSync(path, 'first run\n');
    const tail = follow();
    await tail.caughtUp();
    truncateSync(path);
    await tail.caughtUp();
    appendFileSync(path, 'second\n');
    await expect.poll(read).toBe('first run\nsecond\n');
  });

  test('is read again though it has grown beyond its old size meanwhile', async () => {
    writeFileSync(path, 'first run\n');
    const tail = follow({ pollEveryMs: 10_000 });
    await tail.caughtUp();
    writeFileSync(path, 'the second run, which is longer\n');
    await tail.caughtUp();
    expect(read()).toBe('first run\nthe second run, which is longer\n');
  });

  test('is noticed from a place in the middle too', async () => {
    writeFileSync(path, 'before\n');
    const tail = follow({ fromByte: 7, pollEveryMs: 10_000 });
    await tail.caughtUp();
    writeFileSync(path, 'anew, and longer than before\n');
    await tail.caughtUp();
    expect(read()).toBe('anew, and longer than before\n');
  });

  test('is read to its end when it is renamed away, and then the one in its place', async () => {
    writeFileSync(path, 'a\n');
    const tail = follow({ pollEveryMs: 10_000 });
    await tail.caughtUp();
    appendFileSync(path, 'b\n');
    renameSync(path, `${path}.1`);
    writeFileSync(path, 'c\n');
    await tail.caughtUp();
    appendFileSync(path, 'd\n');
    await tail.caughtUp();
    expect(read()).toBe('a\nb\nc\nd\n');
  });

  test('goes on where an editor saved it by renaming', async () => {
    writeFileSync(path, 'a\nb\n');
    const tail = follow({ pollEveryMs: 10_000 });
    await tail.caughtUp();
    writeFileSync(`${path}.new`, 'a\nb\nc\n');
    renameSync(`${path}.new`, path);
    await tail.caughtUp();
    expect(read()).toBe('a\nb\nc\n');
  });

  test('goes on being read after it was deleted, and when it comes back', async () => {
    writeFileSync(path, 'a\n');
    const tail = follow({ pollEveryMs: 10_000 });
    await tail.caughtUp();
    rmSync(path);
    await tail.caughtUp();
    writeFileSync(path, 'b\n');
    await tail.caughtUp();
    expect(read()).toBe('a\nb\n');
    expect(errors).toEqual([]);
  });

  test('is not read before it is, where it is known that it will be', async () => {
    writeFileSync(path, 'the run before, long and old\n');
    utimesSync(path, new Date(Date.now() - 60_000), new Date(Date.now() - 60_000));
    const tail = follow({ writtenSinceMs: Date.now() - 1000, pollEveryMs: 10_000 });
    await tail.caughtUp();
    expect(read()).toBe('');
    writeFileSync(path, 'new\n');
    await tail.caughtUp();
    expect(read()).toBe('new\n');
  });
});

describe('encodings', () => {
  const text = 'époque 1 loss=0.5 🚀\r\n';
  test.each([
    ['UTF-8 with a mark', Buffer.from(`\uFEFF${text}`)],
    ['UTF-16, little end first', Buffer.from(`\uFEFF${text}`, 'utf16le')],
    ['UTF-16, big end first', Buffer.from(`\uFEFF${text}`, 'utf16le').swap16()],
  ])('%s', async (_name, bytes) => {
    writeFileSync(path, '');
    const tail = follow();
    for (const byte of bytes) {
      appendFileSync(path, Buffer.of(byte));
      await tail.caughtUp();
    }
    await tail.stop();
    expect(read()).toBe(text);
  });

  test('of a file is known from its start also where it is read from the middle', async () => {
    const start = Buffer.from('\uFEFFold\n', 'utf16le');
    writeFileSync(path, Buffer.concat([start, Buffer.from(text, 'utf16le')]));
    const tail = follow({ fromByte: start.length });
    await tail.stop();
    expect(read()).toBe(text);
  });

  test('that is named is used', async () => {
    writeFileSync(path, Buffer.from('größer', 'latin1'));
    await follow({ encoding: 'windows-1252' }).stop();
    expect(read()).toBe('größer');
  });
});

test('what cannot be read is told once, and tried again', async () => {
  mkdirSync(path);
  const tail = follow();
  await tail.caughtUp();
  await tail.caughtUp();
  expect(errors.map(String)).toEqual([`Error: ${path} is not a regular file`]);
  rmSync(path, { recursive: true });
  writeFileSync(path, 'there\n');
  await expect.poll(read).toBe('there\n');
});
