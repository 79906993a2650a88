/**
 * @param processId negative: all of the process group that it leads.
 * @returns false if it was gone already.
 */
export function killProcess(processId: number, signal: NodeJS.Signals): boolean {
  try {
    return process.kill(processId, signal);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ESRCH') return false;
    throw error;
  }
}
