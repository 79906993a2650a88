export class SetupError extends Error {
  constructor(message: string, remedy?: string);
  readonly remedy: string | undefined;
}
export function step<T>(name: string, work: () => T | Promise<T>, remedy?: string): Promise<T>;
export function printFailure(error: unknown): void;
export function runCommand(
  command: string,
  args: readonly string[],
  options?: { cwd?: string; env?: NodeJS.ProcessEnv; timeoutMs?: number },
): Promise<string>;
