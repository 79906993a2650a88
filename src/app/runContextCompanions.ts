import type { Remote } from '../core/rpc';
import type { Store } from '../store/store';
import { createCodeCompanion } from './code/codeCompanion';
import type { Workspace } from './commandRecorder';
import type { Companion } from './companion';
import { createEnvironmentCompanion, notebookPathOf } from './environment/environmentCompanion';
import { isOnThisMachine } from './environment/isOnThisMachine';
import { createSystemCompanion } from './processes/systemCompanion';
import type { RunContextService } from './runContextService';

/** After its end a run can still get its last companion's news. */
const restMs = 10_000;

export interface RunContextOptions {
  /** Between two looks at what a run uses of the machine; 0 turns them off. */
  readonly sampleEveryMs: () => number;
  readonly now: () => number;
}

/** What records the code, the environment and the machine of runs, from a worker that reads them. */
export function createRunContextCompanions(
  service: Remote<RunContextService>,
  store: Store,
  workspace: Workspace,
  { sampleEveryMs, now }: RunContextOptions,
): readonly Companion[] {
  return [
    watching(service),
    createCodeCompanion(service, store, workspace),
    createEnvironmentCompanion(service, store),
    createSystemCompanion(service, sampleEveryMs, now),
  ];
}

/** Tells the worker which processes belong to a run, and when it may forget them. */
function watching(service: Remote<RunContextService>): Companion {
  // A worker that is gone is told of by those who ask it something.
  const quietly = (telling: Promise<void>) => void telling.catch(() => undefined);
  return {
    accompany(subject) {
      const { runId, processId } = subject;
      const notebookPath = notebookPathOf(subject);
      if (notebookPath !== undefined) {
        quietly(service.watch(runId, { kind: 'kernel', notebookPath }));
      } else if (isOnThisMachine(subject)) {
        const { startedAtMs } = subject;
        const watch = (id: number | undefined) => {
          if (id === undefined) return;
          quietly(service.watch(runId, { kind: 'process', processId: id, startedAtMs }));
        };
        void processId.then(watch, () => undefined);
      }
      return {
        async ended() {
          const forget = () => quietly(service.forget(runId));
          setTimeout(forget, restMs).unref();
        },
      };
    },
  };
}
