import { join } from 'node:path';
import { buildWorkers, inTemporaryFolder } from '../store/product';
import type { Figures } from '../store/report';
import { measureHistories } from './storageHistories';
import { measureThousandSaves } from './storageSaves';

const withWorkers = (measure: (folder: string, workers: string) => Promise<Figures>) =>
  inTemporaryFolder(async (folder) =>
    measure(join(folder, 'stores'), join(await buildWorkers(folder), '..')),
  );

/**
 * The histories of real notebooks where EPOCHLOG_HISTORIES_DIR names a folder of them, else composed ones,
 * beside git. What is restored is compared by SHA-256; a difference ends the benchmark.
 */
export const measureStorage = () => withWorkers(measureHistories);

/** A thousand saves of a large notebook, as a window takes them. */
export const measureSaves = () => withWorkers(measureThousandSaves);
