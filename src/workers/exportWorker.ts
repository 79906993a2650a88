import { join } from 'node:path';
import { createExportService } from '../app/exportService';
import { serveWorker } from '../app/serveWorker';

serveWorker(createExportService(join(__dirname, 'sql-wasm.wasm')));
