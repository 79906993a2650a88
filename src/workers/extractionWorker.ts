import { createExtractionService } from '../app/extractionService';
import { serveWorker } from '../app/serveWorker';

serveWorker(createExtractionService());
