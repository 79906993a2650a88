import { setTimeout as delay } from 'node:timers/promises';
import { findKernelProcess } from './environment/findKernel';
import { findRunningInterpreter } from './environment/processInterpreter';
import { type ListedProcess, type ListProcesses, processTree } from './processes/processTable';

/** Where the processes of a run are found. */
export type WatchedRoot =
  /** Below a shell or a program. */
  | { readonly kind: 'process'; readonly processId: number; readonly startedAtMs: number }
  /** The kernel of a notebook, by the notebook's absolute path. */
  | { readonly kind: 'kernel'; readonly notebookPath: string };

/** The news that a command began comes after its first process. */
const slackMs = 3000;
/** A short run is over soon, and a long one may set up a lot before its Python begins. */
const looksAfterMs = [0, 100, 200, 400, 800, 1500, 3000] as const;

/** Follows the processes of one run while it lasts. */
export class RunWatch {
  /** Absolute path of the interpreter that was seen to run it; undefined if none was. */
  readonly interpreter: Promise<string | undefined>;
  readonly #over = new AbortController();
  #kernelId: number | undefined;

  constructor(
    private readonly root: WatchedRoot,
    private readonly list: ListProcesses,
    private readonly windowProcessId: number,
  ) {
    this.interpreter = this.#look();
  }

  /** Looks no further for an interpreter. */
  stop(): void {
    this.#over.abort();
  }

  /** The nearest first; empty if none is to be told. */
  async processes(): Promise<readonly ListedProcess[]> {
    const all = await this.list();
    const { root } = this;
    if (root.kind === 'process') {
      return processTree(all, root.processId, root.startedAtMs - slackMs);
    }
    // A kernel can be started anew.
    if (!all.some(({ processId }) => processId === this.#kernelId)) {
      this.#kernelId = await findKernelProcess(all, root.notebookPath, this.windowProcessId);
    }
    return this.#kernelId === undefined ? [] : processTree(all, this.#kernelId, 0);
  }

  async #look(): Promise<string | undefined> {
    for (const waitMs of looksAfterMs) {
      try {
        await delay(waitMs, undefined, { signal: this.#over.signal });
        const found = await findRunningInterpreter(await this.processes());
        if (found !== undefined) return found;
      } catch {
        return undefined;
      }
    }
    return undefined;
  }
}
