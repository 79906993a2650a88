import { expect, test } from 'vitest';
import { LogBuffer } from '../../../src/app/logBuffer';

const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

test('what could not be written is written with what comes next', async () => {
  const log = new LogBuffer();
  log.add('a');
  await expect(log.flush(() => Promise.reject(new Error('full')))).rejects.toThrow('full');
  log.add('b');
  const written: string[] = [];
  const write = async (bytes: Uint8Array) => void written.push(text(bytes));
  await log.flush(write);
  await log.flush(write);
  expect(written).toEqual(['ab']);
});

test('the oldest goes when too much waits, and the log says so in its place', async () => {
  const log = new LogBuffer();
  const part = 'x'.repeat(4 * 1024 * 1024);
  for (let index = 0; index < 5; index++) log.add(part);
  let written = '';
  await log.flush(async (bytes) => {
    written += text(bytes);
  });
  expect(written.slice(0, 70)).toMatch(
    /^\[Epochlog left out 4194304 characters of output before this\]\r\n/,
  );
  expect(written.length).toBeGreaterThan(4 * part.length);
});

test('much is written part by part, and what was taken is not written again', async () => {
  const log = new LogBuffer();
  const parts = Array.from({ length: 20 }, (_, index) => `${index}`.padEnd(100_000, 'x'));
  for (const part of parts) log.add(part);
  const written: string[] = [];
  const failing = async (bytes: Uint8Array) => {
    if (written.length === 3) throw new Error('full');
    written.push(text(bytes));
  };
  await expect(log.flush(failing)).rejects.toThrow('full');
  await log.flush(async (bytes) => void written.push(text(bytes)));
  expect(written.join('')).toBe(parts.join(''));
  expect(Math.max(...written.map(({ length }) => length))).toBeLessThan(400_000);
});

test('what was held until its command was known begins with a whole line', () => {
  const log = new LogBuffer();
  expect(log.take()).toBe('');
  for (let index = 0; index < 5; index++)
    log.add(`token=hf_${'x'.repeat(4 * 1024 * 1024)}\nline ${index}\n`);
  expect(log.take()).toMatch(/^\[Epochlog left out \d+ characters[^\n]*\nline 2\ntoken=/);
});
