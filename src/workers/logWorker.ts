import { workerData } from 'node:worker_threads';
import { createLogContents } from '../app/log/logContents';
import { createLogService } from '../app/log/logService';
import { createRunLogService } from '../app/log/runLogService';
import { serveWorker } from '../app/serveWorker';

// SAFETY: `createKeptLogs` is the only one that starts this file.
const { storeFolder } = workerData as { readonly storeFolder: string };
serveWorker({ ...createLogService(), ...createRunLogService(createLogContents(storeFolder)) });
