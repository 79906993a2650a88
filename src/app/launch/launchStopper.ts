import { killProcess } from '../killProcess';
import { killDescendants } from '../processTree';
import type { Stopper } from '../stopper';
import type { LaunchPaths, LaunchStart } from './launchFolder';
import { readLeader } from './runProgram';

/**
 * Stops a program that was started with Epochlog: its process group, or where it has none of its own,
 * by its terminal.
 *
 * @param pressCtrlC in the terminal whose process has this id; false if this window has none.
 */
export function launchStopper(
  { program }: Pick<LaunchPaths, 'program'>,
  { pid }: Pick<LaunchStart, 'pid'>,
  pressCtrlC: (processId: number) => Promise<boolean>,
): Stopper {
  return {
    async interrupt() {
      const leader = readLeader(program);
      if (leader !== undefined) killProcess(-leader, 'SIGINT');
      else if (!(await pressCtrlC(pid))) killProcess(-pid, 'SIGINT');
    },
    async kill() {
      const leader = readLeader(program);
      await killDescendants(leader ?? pid);
      if (leader !== undefined) killProcess(-leader, 'SIGKILL');
    },
  };
}
