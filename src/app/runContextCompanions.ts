import type { Remote } from '../core/rpc';
import type { Store } from '../store/store';
import { createCodeCompanion } from './code/codeCompanion';
import type { Workspace } from './commandRecorder';
import type { Companion } from './companion';
import type { RunContextService } from './runContextService';

/** After its end a run can still get its last companion's news. */
const restMs = 10_000;

/** What records the code of runs, from a worker that reads it. */
export function createRunContextCompanions(
  service: Remote<RunContextService>,
  store: Store,
  workspace: Workspace,
): readonly Companion[] {
  const forgetting: Companion = {
    accompany: ({ runId }) => ({
      async ended() {
        const forget = () => void service.forget(runId).catch(() => undefined);
        setTimeout(forget, restMs).unref();
      },
    }),
  };
  return [createCodeCompanion(service, store, workspace), forgetting];
}
