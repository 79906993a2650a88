import { createRunContextService } from '../app/runContextService';
import { serveWorker } from '../app/serveWorker';

serveWorker(createRunContextService());
