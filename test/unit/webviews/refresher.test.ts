import { describe, expect, it, vi } from 'vitest';
import { createRefresher } from '../../../webviews/shared/refresher';

describe('createRefresher', () => {
  it('never reads twice at once, and answers all changes that came meanwhile with one more', async () => {
    vi.useFakeTimers();
    let open = 0;
    let reads = 0;
    const changed = createRefresher(
      async () => {
        open++;
        expect(open).toBe(1);
        reads++;
        await new Promise((resolve) => setTimeout(resolve, 50));
        open--;
      },
      () => 100,
    );
    changed();
    for (let i = 0; i < 5; i++) changed();
    await vi.advanceTimersByTimeAsync(1000);
    expect(reads).toBe(2);
    changed();
    await vi.advanceTimersByTimeAsync(1000);
    expect(reads).toBe(3);
    vi.useRealTimers();
  });
});
