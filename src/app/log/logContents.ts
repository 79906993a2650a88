import type { RunId } from '../../core/run/run';
import { checkedPath, readLog } from '../../store/contents/logFiles';
import { nodeDisk } from '../../store/disk/disk';
import { readOnlyDisk } from '../../store/disk/readOnlyDisk';
import { storePaths } from '../../store/storePaths';
import type { LogBytes } from './logIndex';

/** The logs in the files of a store, for use inside a worker. */
export function createLogContents(storeFolder: string): (runId: RunId) => LogBytes {
  const place = { disk: readOnlyDisk(nodeDisk), paths: storePaths(storeFolder) };
  return (runId) => ({
    sizeBytes: () => place.disk.stat(checkedPath(place, runId))?.sizeBytes ?? 0,
    read: (startByte, lengthBytes) => readLog(place, runId, { startByte, lengthBytes }),
  });
}
