import { parseCommand } from '../../core/command/parseCommand';
import type { Remote } from '../../core/rpc';
import type { RunFile } from '../../core/run/run';
import type { Store } from '../../store/store';
import type { Workspace } from '../commandRecorder';
import type { Companion, Subject } from '../companion';
import type { RunContextService } from '../runContextService';
import type { CodeEntry, ImportedFile } from './readImportedFiles';

/** Keeps the user's own modules that a run imports, as they were when it began. */
export function createCodeCompanion(
  service: Remote<Pick<RunContextService, 'readCode' | 'takeCode'>>,
  store: Store,
  workspace: Pick<Workspace, 'rootPath' | 'toWorkspacePath'>,
): Companion {
  async function keep(subject: Subject): Promise<void> {
    const { runId } = subject;
    const files: RunFile[] = [];
    for (;;) {
      const some = await service.takeCode(runId);
      if (some.length === 0) break;
      for (const file of some) files.push(await toRunFile(file));
    }
    if (files.length > 0) await subject.record([{ kind: 'filesRecorded', runId, files }]);
  }

  async function toRunFile({
    path,
    sizeBytes,
    modifiedAtMs,
    bytes,
  }: ImportedFile): Promise<RunFile> {
    return {
      role: 'code',
      type: 'code',
      path: workspace.toWorkspacePath(path),
      sizeBytes,
      modifiedAtMs,
      ...(bytes === undefined
        ? { isKept: false }
        : { hash: await store.putBlob(bytes), isKept: true }),
    };
  }

  return {
    accompany(subject) {
      const entry = entryOf(subject);
      const { runId, folder } = subject;
      if (entry === undefined || folder === undefined) return undefined;
      // At once, as they may be edited while it runs.
      const reading = service.readCode(runId, entry, {
        folder,
        workspaceFolder: workspace.rootPath,
      });
      // Told of by `becameRun`; what is no run has nothing to tell.
      reading.catch(() => undefined);
      let keeping: Promise<unknown> | undefined;
      return {
        becameRun() {
          const kept = reading.then(() => keep(subject));
          keeping = kept.catch(() => undefined);
          return kept;
        },
        async ended() {
          await keeping;
        },
      };
    },
  };
}

function entryOf({ source, scriptPath, notebook }: Subject): CodeEntry | undefined {
  if (source.kind === 'notebook') {
    return notebook && { kind: 'cells', sources: notebook.sources };
  }
  const { kind, module } = parseCommand(source.commandLine);
  if (kind !== 'python') return undefined;
  if (scriptPath !== undefined) return { kind: 'script', path: scriptPath };
  return module === undefined ? undefined : { kind: 'module', module };
}
