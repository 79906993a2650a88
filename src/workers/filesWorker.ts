import { workerData } from 'node:worker_threads';
import { createFilesService } from '../app/files/filesService';
import { serveWorker } from '../app/serveWorker';

// SAFETY: `activate` is the only one that starts this file.
const { cachePath } = workerData as { readonly cachePath: string };
serveWorker(createFilesService(cachePath));
