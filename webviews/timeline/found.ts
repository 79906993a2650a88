import { createListeners } from '../../src/core/listeners';
import type { FoundPart } from '../../src/protocol/timelinePage';

/** What the host finds, told as it is found. */
export const found = createListeners<{ readonly id: number; readonly part: FoundPart }>();
