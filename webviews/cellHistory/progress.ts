import { createListeners } from '../../src/core/listeners';

/** How many of the notebook's checkpoints the host has read, told while the page waits for them. */
export const progress = createListeners<{ readonly read: number; readonly total: number }>();
