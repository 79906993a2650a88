import type { Random } from './random';

// An escape sequence is no number of the log: an altered one would move the cursor elsewhere.
const NUMBER_OR_ESCAPE = /\x1b\[[\d;?]*[A-Za-z]|\d+\.\d+|\d{3,}/g;

/**
 * A log with other numbers, as another training would print it. Small counts stay, since `Epoch 3/10`
 * and a bar's `4/40` mean something; decimals and long numbers change, so that no two lines are alike.
 */
export function alterNumbers(text: string, random: Random): string {
  return text.replace(NUMBER_OR_ESCAPE, (found) =>
    found.startsWith('\x1b') ? found : found.replace(/[1-9]/g, () => String(1 + random(9))),
  );
}
