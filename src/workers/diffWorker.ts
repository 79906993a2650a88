import { workerData } from 'node:worker_threads';
import { createDiffService } from '../app/diffService';
import { createCheckpointContents } from '../app/history/checkpointContents';
import { createCheckpointWriter } from '../app/history/checkpointWriter';
import { createNotebookFiles } from '../app/notebookFiles';
import { createOpenDiffs } from '../app/openDiffs';
import { serveWorker } from '../app/serveWorker';

// SAFETY: the window is the only one that starts this file.
const { storeFolder } = workerData as { readonly storeFolder: string };
serveWorker({
  ...createDiffService(),
  ...createCheckpointWriter(storeFolder),
  ...createNotebookFiles(),
  ...createOpenDiffs(createCheckpointContents(storeFolder)),
});
