import { createRunLogService } from '../../../src/app/log/runLogService';
import type { RunPageHost } from '../../../src/protocol/runPage';
import { toRunId } from './sampleRuns';

/** What a training prints: colours, a redrawn bar, metrics. */
export function coloredLog(epochs: number): string {
  const lines = ['\x1b[1mLoading data\x1b[0m', '\x1b[33mWARNING\x1b[0m no GPU was found'];
  for (let epoch = 1; epoch <= epochs; epoch++) {
    lines.push(
      `\x1b[32mEpoch ${epoch}/${epochs}\x1b[0m`,
      `\r 50%|█████     | 5/10\r100%|██████████| 10/10`,
      `\x1b[38;5;208mloss\x1b[0m: ${(2.3 / epoch).toFixed(4)} - \x1b[38;2;90;160;255mval_acc\x1b[0m: ${(1 - 0.5 / epoch).toFixed(4)}`,
      `\x1b[4;31msaved\x1b[0m \x1b[7m checkpoint-${epoch}.pt \x1b[0m`,
    );
  }
  return `${lines.join('\r\n')}\r\n`;
}

/** The log half of the host of a run's page, on the real reader of logs. */
export function runLogHost(raw: () => string) {
  const service = createRunLogService(() => ({
    sizeBytes: () => Buffer.byteLength(raw()),
    read: (start, length) => new TextEncoder().encode(raw()).subarray(start, start + length),
  }));
  service.openRunLog('log', toRunId(1));
  const reading = { command: 'python train.py', patterns: [], isOver: true };
  const host: Partial<RunPageHost> = {
    readLogSize: async () => service.growRunLog('log'),
    readLogLines: async (start, end, query) => service.readRunLog('log', start, end, query),
    findInLog: async (query, from) => service.findInRunLog('log', query, from),
    readLogPoints: async () => service.readRunPoints('log', reading),
    lineOfPoint: async ({ key, value, step }) =>
      service.lineOfRunPoint('log', { key, value, step, share: 0 }),
    copyLog: async () => {},
  };
  return host;
}
