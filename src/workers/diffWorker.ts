import { createDiffService } from '../app/diffService';
import { serveWorker } from '../app/serveWorker';

serveWorker(createDiffService());
