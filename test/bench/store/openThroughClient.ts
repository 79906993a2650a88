import type { Store } from '../../../src/store/store';
import { startStore } from '../../../src/store/storeClient';

/** Opens a store as a window does; what it has to tell the user is printed. */
export function openThroughClient(folder: string, workerPath: string): Store {
  return startStore({
    folder,
    workerPath,
    listener: {
      changed: () => {},
      problem: ({ message }) => console.error(message),
    },
  });
}
