import { createLogService } from '../app/log/logService';
import { serveWorker } from '../app/serveWorker';

serveWorker(createLogService());
