import { setTimeout as wait } from 'node:timers/promises';

/** What a training prints that logs so many lines a second, as a terminal gives it: a piece each 20 ms or so. */
export async function* liveLines(
  seed: number,
  linesPerS: number,
  seconds: number,
): AsyncGenerator<string> {
  const startedAtMs = performance.now();
  let step = 0;
  // Not all programs write at the same moment.
  await wait(seed * 3);
  while (step < linesPerS * seconds) {
    const due = ((performance.now() - startedAtMs) / 1000) * linesPerS;
    let text = '';
    for (; step < due; step += 1) {
      const loss =
        (0.1 + 0.01 * seed + 2 * Math.exp(-step / 300)) * (1 + 0.05 * Math.sin(step * 1.7));
      text += `step ${step + 1} | loss ${loss.toFixed(5)}\r\n`;
    }
    if (text !== '') yield text;
    await wait(20);
  }
}
