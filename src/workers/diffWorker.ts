import { workerData } from 'node:worker_threads';
import { createRunDiffs } from '../app/compare/runDiffs';
import { createCheckpointContents } from '../app/history/checkpointContents';
import { createCheckpointWriter } from '../app/history/checkpointWriter';
import { createNotebookFiles } from '../app/notebookFiles';
import { createOpenDiffs } from '../app/openDiffs';
import { serveWorker } from '../app/serveWorker';

// SAFETY: the window is the only one that starts this file.
const { storeFolder } = workerData as { readonly storeFolder: string };
const contents = createCheckpointContents(storeFolder);
serveWorker({
  ...createRunDiffs(storeFolder, contents),
  ...createCheckpointWriter(storeFolder),
  ...createNotebookFiles(),
  ...createOpenDiffs(contents),
});
