import { createShownLog, type ShownLog } from '../../../src/app/log/shownLog';
import { proposeName } from '../../../src/core/extract/patterns/proposeName';
import { proposePattern } from '../../../src/core/extract/patterns/proposePattern';
import type { TeachData, TeachHost } from '../../../src/protocol/teachPage';

/** What a training prints that no recogniser knows all of. */
export function sampleLogText(epochs: number): string {
  const lines = ['\x1b[1mLoading data\x1b[0m', 'train: 1200 sentences, dev: 100 sentences'];
  for (let epoch = 1; epoch <= epochs; epoch++) {
    const bleu = (4 + 23 * (1 - Math.exp(-epoch / 8)) + Math.sin(epoch)).toFixed(2);
    lines.push(
      `2026-03-14 09:3${epoch % 10}:12 INFO epoch ${epoch}/${epochs} nll ${(5 / epoch + 1).toFixed(4)} in ${epoch}.2s`,
      `2026-03-14 09:3${epoch % 10}:14 INFO dev set: BLEU4 = ${bleu} (brevity ${(0.9 + (epoch % 7) / 100).toFixed(2)}), step ${epoch * 150}`,
      `saved /tmp/run/model-${epoch}.pt`,
    );
  }
  return `${lines.join('\n')}\n`;
}

export function openSampleLog(text: string): ShownLog {
  const log = createShownLog();
  log.append(new TextEncoder().encode(text));
  log.end();
  return log;
}

/** The host of the teach page on a real log, without VS Code. */
export function teachHost(log: ShownLog, data: Partial<TeachData> = {}): Partial<TeachHost> {
  return {
    readLog: async () => ({
      runName: 'train.py · lr=0.1',
      lineCount: log.lineCount,
      isRunning: false,
      places: ['workspace', 'user'],
      scriptRunCount: 3,
      ...data,
    }),
    readLines: async (start, end, pattern) => log.readLines(start, end, pattern),
    readMatching: async (start, end, pattern) => log.readMatching(start, end, pattern),
    findLine: (text, from, step) => log.findLine(text, from, step),
    tryPattern: (pattern) => log.tryPattern(pattern),
    async propose(line, picks) {
      const text = log.readLine(line);
      return { name: proposeName(text, picks.value), pattern: proposePattern(text, picks) };
    },
  };
}
