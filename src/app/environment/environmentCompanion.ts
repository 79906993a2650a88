import { basename, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Remote } from '../../core/rpc';
import type { Store } from '../../store/store';
import type { Companion, Subject } from '../companion';
import type { NamedInterpreter, RunContextService } from '../runContextService';
import { isOnThisMachine } from './isOnThisMachine';

/** A process that is not known by then is not waited for. */
const processWaitMs = 3000;

/** Records what a run runs on: its interpreter and packages, and the machine. */
export function createEnvironmentCompanion(
  service: Remote<Pick<RunContextService, 'readEnvironment' | 'stop'>>,
  store: Store,
): Companion {
  async function record(subject: Subject): Promise<void> {
    const { runId } = subject;
    // Until then the worker does not know where to look.
    await Promise.race([
      Promise.resolve(subject.processId).catch(() => undefined),
      delay(processWaitMs, undefined, { ref: false }),
    ]);
    const { environment, packagesJson } = await service.readEnvironment(runId, namedBy(subject));
    const packages =
      packagesJson === undefined
        ? undefined
        : await store.putBlob(new TextEncoder().encode(packagesJson));
    const { python, ...machine } = environment;
    await subject.record([
      {
        kind: 'environmentRecorded',
        runId,
        environment: {
          ...machine,
          ...(python && { python: { ...python, ...(packages && { packages }) } }),
        },
      },
    ]);
  }

  return {
    accompany(subject) {
      if (!isOnThisMachine(subject)) return undefined;
      let recording: Promise<unknown> | undefined;
      return {
        becameRun() {
          const recorded = record(subject);
          recording = recorded.catch(() => undefined);
          return recorded;
        },
        async ended() {
          if (recording === undefined) return;
          await service.stop(subject.runId);
          await recording;
        },
      };
    },
  };
}

function namedBy({ source, folder, notebook }: Subject): NamedInterpreter {
  if (source.kind !== 'notebook') {
    return { commandLine: source.commandLine, ...(folder === undefined ? {} : { folder }) };
  }
  const kernelName = notebook?.kernelName;
  return kernelName === undefined ? {} : { kernelName };
}

/** Absolute path of the notebook that a cell is in, if it is on disk. */
export function notebookPathOf({ source, folder }: Subject): string | undefined {
  if (source.kind !== 'notebook' || folder === undefined) return undefined;
  return join(folder, basename(source.notebook));
}
