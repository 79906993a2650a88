import { Disposable, type Memento } from 'vscode';
import type { Workspace } from '../app/commandRecorder';
import { createNotebookMover } from '../app/notebookMover';
import type { Record } from '../app/record';
import type { Recorders } from '../app/recorders';
import { createRememberedFiles } from '../app/rememberedFiles';
import type { Quietly } from '../platform/guard';
import { captureExternalChanges } from './externalChanges';
import { createNotebookCheckpoints, type NotebookCheckpoints } from './notebookCheckpoints';
import { captureNotebookExecutions } from './notebookExecutions';
import { captureNotebookSaves } from './notebookSaves';
import { captureUnsavedNotebooks } from './unsavedNotebooks';

/** All that is recorded of notebooks. */
export function captureNotebooks(
  { store, cache, reader }: Record,
  { cells, keeper, snapshots, trust, diff }: Recorders,
  settings: Workspace,
  memory: Memento,
  quietly: Quietly,
): Disposable & Pick<NotebookCheckpoints, 'flush'> {
  const mover = createNotebookMover(store, keeper, cache, reader, diff, Date.now);
  const checkpoints = createNotebookCheckpoints(keeper, snapshots, trust, quietly);
  const capturing = Disposable.from(
    checkpoints,
    captureNotebookSaves(keeper, checkpoints, settings, quietly),
    captureNotebookExecutions(cells, checkpoints, trust, settings, quietly),
    captureUnsavedNotebooks(keeper, checkpoints, settings, quietly),
    captureExternalChanges({
      ...{ keeper, mover, cache, settings, quietly },
      remembered: createRememberedFiles(memory),
    }),
  );
  return { flush: checkpoints.flush, dispose: () => capturing.dispose() };
}
