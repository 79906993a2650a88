import { systemKeys } from '../../core/run/systemMetric';
import type { NvidiaSmi } from './nvidiaSmi';
import type { ListedProcess } from './processTable';

/** One figure of the machine, under the key of its series. */
export type SystemValue = readonly [key: string, value: number];

const mebibyte = 1024 * 1024;

/** Turns what processes have used by now into what they use. */
export class SystemSampler {
  readonly #cpuMs = new Map<number, number>();
  #sampledAtMs: number;

  /** @param startedAtMs what began after this counts from its own beginning. */
  constructor(
    private readonly nvidia: NvidiaSmi,
    startedAtMs: number,
  ) {
    this.#sampledAtMs = startedAtMs;
  }

  async sample(
    processes: readonly ListedProcess[],
    nowMs: number,
  ): Promise<readonly SystemValue[]> {
    return [...this.#sampleProcesses(processes, nowMs), ...(await this.#sampleGpus())];
  }

  #sampleProcesses(processes: readonly ListedProcess[], nowMs: number): readonly SystemValue[] {
    if (processes.length === 0) return [];
    let sinceMs = this.#sampledAtMs;
    let usedMs = 0;
    let memoryBytes = 0;
    for (const process of processes) {
      const { processId, cpuMs, startedAtMs } = process;
      const before = this.#cpuMs.get(processId);
      // What one used before it was watched, as a kernel, says nothing of now.
      if (before !== undefined) usedMs += Math.max(0, cpuMs - before);
      else if (startedAtMs >= this.#sampledAtMs - startSlackMs) {
        usedMs += cpuMs;
        sinceMs = Math.min(sinceMs, startedAtMs);
      }
      memoryBytes += process.memoryBytes;
    }
    const elapsedMs = nowMs - sinceMs;
    this.#sampledAtMs = nowMs;
    this.#cpuMs.clear();
    for (const { processId, cpuMs } of processes) this.#cpuMs.set(processId, cpuMs);
    return [
      ...(elapsedMs > 0
        ? [[systemKeys.cpuPercent, round((100 * usedMs) / elapsedMs)] as const]
        : []),
      [systemKeys.memoryMb, round(memoryBytes / mebibyte)],
    ];
  }

  async #sampleGpus(): Promise<readonly SystemValue[]> {
    const gpus = await this.nvidia.readGpus();
    return gpus.flatMap(({ index, usedPercent, usedBytes }) => [
      ...(usedPercent === undefined ? [] : [[systemKeys.gpuPercent(index), usedPercent] as const]),
      ...(usedBytes === undefined
        ? []
        : [[systemKeys.gpuMemoryMb(index), round(usedBytes / mebibyte)] as const]),
    ]);
  }
}

/** A run's first process is there a little before the news that it began. */
const startSlackMs = 3000;

/** Tenths are all that means anything, and pack well. */
function round(value: number): number {
  return Math.round(value * 10) / 10;
}
