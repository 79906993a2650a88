import { expect, test } from 'vitest';
import { createRememberedFiles } from '../../../src/app/rememberedFiles';

/** Keeps what it is given as VS Code does: as JSON, from one window to the next. */
function createMemory() {
  const kept = new Map<string, string>();
  return {
    get<T>(key: string, fallback: T): T {
      const text = kept.get(key);
      return text === undefined ? fallback : JSON.parse(text);
    },
    async update(key: string, value: unknown) {
      kept.set(key, JSON.stringify(value));
    },
  };
}

test('a notebook that stays missing is looked for once, until it was back', async () => {
  const memory = createMemory();
  const start = (...missing: string[]) => createRememberedFiles(memory).newlyMissing(missing);
  expect(await start('a.ipynb')).toEqual(['a.ipynb']);
  expect(await start('a.ipynb', 'b.ipynb')).toEqual(['b.ipynb']);
  expect(await start('b.ipynb')).toEqual([]);
  expect(await start('a.ipynb')).toEqual(['a.ipynb']);
});

test('what was saved while nothing was recorded is no change from outside, until it changes', async () => {
  const memory = createMemory();
  const file = { sizeBytes: 10, modifiedAtMs: 20 };
  await createRememberedFiles(memory).saved('a.ipynb', file, false);
  const next = createRememberedFiles(memory);
  expect(next.isLeftOut('a.ipynb', file)).toBe(true);
  expect(next.isLeftOut('b.ipynb', file)).toBe(false);
  expect(next.isLeftOut('a.ipynb', { ...file, modifiedAtMs: 21 })).toBe(false);
  await next.saved('a.ipynb', file, true);
  expect(next.isLeftOut('a.ipynb', file)).toBe(false);
});
