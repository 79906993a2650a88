import { expect, test } from 'vitest';
import { maskInTurns } from '../../../src/app/maskInTurns';
import { createLogMasker } from '../../../src/core/secrets/logMasker';

const secret = `hf_${'abcdefghijklmnopqrstuvwxyz'.toUpperCase()}abcdefgh`;

test('a secret is masked wherever the slices cut it, and others have their turn meanwhile', async () => {
  const text = `${'step 1 loss=0.5\n'.repeat(255)}0123 token=${secret} ${'token: '.repeat(60_000)}\n`;
  const whole = createLogMasker();
  const expected = whole.push(text) + whole.end();
  let turns = 0;
  const timer = setInterval(() => turns++, 0);
  const masker = createLogMasker();
  const masked = (await maskInTurns(masker, text)) + masker.end();
  clearInterval(timer);
  expect(masked).toBe(expected);
  expect(masked).not.toContain(secret.slice(3, 20));
  expect(turns).toBeGreaterThan(2);
});
