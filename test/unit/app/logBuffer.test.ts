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
    written = text(bytes);
  });
  expect(written.slice(0, 70)).toMatch(
    /^\[Epochlog left out 4194304 characters of output before this\]\r\n/,
  );
  expect(written.length).toBeGreaterThan(4 * part.length);
});
