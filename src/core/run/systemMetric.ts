/** What a series of the machine rather than of the training begins with. */
const systemPrefix = 'system/';

/**
 * Whether a series tells of the machine: `system/cpu_percent`. Those stand behind what was trained
 * for, and are drawn over time, as they have no step.
 */
export function isSystemMetric(key: string): boolean {
  return key.startsWith(systemPrefix);
}

/** Each of the machine's figures under the key of its series. */
export const systemKeys = {
  /** Of the run's processes; 100 is one core at work all the time. */
  cpuPercent: `${systemPrefix}cpu_percent`,
  /** Resident memory of the run's processes, in MiB. */
  memoryMb: `${systemPrefix}memory_mb`,
  /** Of the whole GPU, whoever uses it. */
  gpuPercent: (index: number) => `${systemPrefix}gpu_${index}_percent`,
  gpuMemoryMb: (index: number) => `${systemPrefix}gpu_${index}_memory_mb`,
} as const;
