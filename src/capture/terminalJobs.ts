import type { Terminal } from 'vscode';
import type { CommandHandle } from '../app/commandRecorder';
import { isJob, readJobNotice } from '../core/command/jobNotice';
import { decodeLog } from '../core/terminal/decodeLog';

/** The commands that run behind the shells, and what the shells say of their ends. */
export interface TerminalJobs {
  add(terminal: Terminal, commandLine: string, handle: CommandHandle): void;
  /**
   * Reads the output of the next command: a shell says there what became of the jobs before.
   *
   * @returns undefined if the terminal has no jobs.
   */
  listen(terminal: Terminal): ((text: string) => void) | undefined;
}

/** Found by trying (bash 5.2 and zsh 5.9): what a shell says of jobs comes before the output. */
const listenedLength = 4096;
/** Of one terminal; the oldest are forgotten. */
const maxJobs = 50;

export function createTerminalJobs(
  quietly: (what: string, action: () => unknown) => void,
): TerminalJobs {
  const jobs = new WeakMap<Terminal, { commandLine: string; handle: CommandHandle }[]>();
  return {
    add(terminal, commandLine, handle) {
      jobs.set(terminal, [...(jobs.get(terminal) ?? []), { commandLine, handle }].slice(-maxJobs));
    },
    listen(terminal) {
      const known = jobs.get(terminal);
      if (!known || known.length === 0) return undefined;
      let heard = '';
      let readLines = 0;
      return (text) => {
        if (heard.length >= listenedLength) return;
        heard += text.slice(0, listenedLength);
        // The last line may go on.
        const lines = decodeLog(heard).split('\n').slice(0, -1);
        for (const line of lines.slice(readLines)) {
          const notice = readJobNotice(line);
          const at = notice ? known.findIndex((job) => isJob(job.commandLine, notice)) : -1;
          const [job] = at >= 0 ? known.splice(at, 1) : [];
          if (notice && job) {
            quietly('Recording the end of a job', () => job.handle.jobEnded(notice.exitCode));
          }
        }
        readLines = lines.length;
      };
    },
  };
}
