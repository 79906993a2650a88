import { createMediaService } from '../app/media/mediaService';
import { serveWorker } from '../app/serveWorker';

serveWorker(createMediaService());
