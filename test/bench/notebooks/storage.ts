import { join } from 'node:path';
import { buildWorkers, inTemporaryFolder } from '../store/product';
import type { Figures } from '../store/report';
import { measureHistories } from './storageHistories';
import { measureThousandSaves } from './storageSaves';

/**
 * How checkpoints are kept: the histories of real notebooks where EPOCHLOG_HISTORIES_DIR names a folder of
 * them, else composed ones, beside git; and a thousand saves of a large notebook. What is restored is
 * compared by SHA-256; a difference ends the benchmark.
 */
export function measureStorage(): Promise<Figures> {
  return inTemporaryFolder(async (folder) => {
    const workers = join(await buildWorkers(folder), '..');
    return {
      ...(await measureHistories(join(folder, 'histories'), workers)),
      ...(await measureThousandSaves(join(folder, 'saves'), workers)),
    };
  });
}
