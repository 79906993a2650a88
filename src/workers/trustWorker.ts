import { serveWorker } from '../app/serveWorker';
import { createTrustService } from '../app/trustService';

serveWorker(createTrustService());
