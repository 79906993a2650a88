import { workerData } from 'node:worker_threads';
import { createCheckpointContents } from '../app/history/checkpointContents';
import { createHistoryService } from '../app/history/historyService';
import { serveWorker } from '../app/serveWorker';

// SAFETY: `recorders` starts this worker with just that.
const { folder } = workerData as { readonly folder: string };

serveWorker(createHistoryService(createCheckpointContents(folder)));
