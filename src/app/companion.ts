import type { Change } from '../core/change/change';
import type { Extraction } from '../core/extract/extraction';
import type { Outcome } from '../core/recording/recordingReducer';
import type { Param, RunId, RunSource } from '../core/run/run';

/**
 * Accompanies commands and cells while they run and adds to what is recorded of them: their files,
 * their environment, the machine. A recorder asks every companion at every start.
 */
export interface Companion {
  /** @returns undefined where it has nothing to add. */
  accompany(subject: Subject): Accompaniment | undefined;
}

/** One command or cell, as its companions see it. */
export interface Subject {
  readonly runId: RunId;
  readonly source: RunSource;
  readonly startedAtMs: number;
  /** Absolute path of the folder that it runs in, if it is known. */
  readonly folder: string | undefined;
  /** Absolute path of the script, if there is one. */
  readonly scriptPath: string | undefined;
  /** What follows the script on the command line, masked. */
  readonly args: readonly string[];
  /** Of a cell: the notebook that it is in. */
  readonly notebook: NotebookSubject | undefined;
  /** Of the shell or the program; undefined where nobody knows. */
  readonly processId: PromiseLike<number | undefined>;
  /**
   * Takes what a better witness than the output says. It makes a run of a command that was none by
   * now, and from then on what is printed of the same series is not recorded.
   */
  report(extraction: Extraction): void;
  /** Records changes of this run: at once if it is one, else when it becomes one, else never. */
  record(changes: readonly Change[]): Promise<void>;
}

export interface NotebookSubject {
  /** The sources that the kernel ran, in that order, that of the cell that runs at the end. */
  readonly sources: readonly string[];
  /** The kernel specification that the notebook names, such as `python3`. */
  readonly kernelName: string | undefined;
}

/** What became known of a command or cell while it ran. */
export interface Learned {
  readonly params: readonly Pick<Param, 'key' | 'value'>[];
  /** Paths that it printed of files and folders that it wrote, as it printed them. */
  readonly printedPaths: readonly string[];
}

/** Errors of these are logged, and the recording goes on. */
export interface Accompaniment {
  /** Called at any time before its end. */
  learned?(learned: Learned): void;
  /** It is known to be a run. Called once at most, and not waited for until its end. */
  becameRun?(): Promise<void> | void;
  /**
   * It is over; what is reported and recorded until this resolves still counts. A window that closes
   * (`lost`) waits for two seconds in all.
   */
  ended?(outcome: Outcome): Promise<void>;
}
