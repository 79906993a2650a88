import { formatBytes } from '../format/formatBytes';
import type { Environment } from '../run/run';

/** What an environment is in one line: `Python 3.11.7 · 98 packages · NVIDIA H100 80GB HBM3`. */
export function describeEnvironment(environment: Environment): string {
  const { python } = environment;
  const gpus = describeGpus(environment);
  return [
    python && describePython(environment),
    python?.packageCount === undefined ? undefined : `${python.packageCount} packages`,
    gpus ?? (python ? undefined : environment.os),
  ]
    .filter((part) => part !== undefined)
    .join(' · ');
}

/** `Python 3.11.7`; undefined where none is known. */
export function describePython({ python }: Environment): string | undefined {
  return python && (python.version === undefined ? 'Python' : `Python ${python.version}`);
}

/** `2 × NVIDIA A100, NVIDIA T4`; undefined where there is none. */
export function describeGpus({ gpus }: Environment): string | undefined {
  if (gpus === undefined || gpus.length === 0) return undefined;
  const counts = new Map<string, number>();
  for (const { name } of gpus) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].map(([name, count]) => (count > 1 ? `${count} × ${name}` : name)).join(', ');
}

/** Each thing that two environments can differ in, beside their packages, under the name that users know. */
export const environmentRows: readonly (readonly [
  string,
  (environment: Environment) => string | undefined,
])[] = [
  ['Python', ({ python }) => python?.version],
  ['Interpreter', ({ python }) => python?.executable],
  ['GPU', describeGpus],
  [
    'GPU driver',
    ({ gpus = [] }) =>
      [...new Set(gpus.flatMap(({ driver }) => driver ?? []))].join(', ') || undefined,
  ],
  ['CPU', ({ cpu }) => cpu && `${cpu.cores} × ${cpu.model}`],
  [
    'Memory',
    ({ memoryBytes }) => (memoryBytes === undefined ? undefined : formatBytes(memoryBytes)),
  ],
  ['System', ({ os }) => os],
  ['Host', ({ hostName }) => hostName],
];
