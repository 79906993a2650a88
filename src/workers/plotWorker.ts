import { createPlotService } from '../app/plotService';
import { serveWorker } from '../app/serveWorker';

serveWorker(createPlotService());
