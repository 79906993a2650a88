import { describe, expect, it } from 'vitest';
import type { Checkpoint } from '../../../src/core/checkpoint/checkpoint';
import { layOutTimeline, type TimelineFilter } from '../../../src/core/history/timelineLines';
import type { BlobHash, CheckpointId } from '../../../src/core/run/run';

const noon = new Date(2026, 10, 20, 12).getTime();
const all: TimelineFilter = { starred: false, withRuns: false, text: '' };

function checkpoint(
  number: number,
  minutesAgo: number,
  more: Partial<Checkpoint> = {},
): Checkpoint {
  return {
    // SAFETY: any text is as good an id as another.
    id: `c${number}` as CheckpointId,
    notebook: 'a.ipynb',
    takenAtMs: noon - minutesAgo * 60_000,
    kind: 'save',
    // SAFETY: nobody reads it.
    content: '' as BlobHash,
    ...{ sizeBytes: 1, cellCount: 1, tags: {}, starred: false },
    changes: { changed: 1, added: 0, removed: 0, moved: 0, outputsChanged: 0 },
    ...more,
  };
}

const lay = (
  checkpoints: readonly Checkpoint[],
  filter: Partial<TimelineFilter> = {},
  opened: readonly string[] = [],
  withRun: readonly string[] = [],
) =>
  layOutTimeline(
    checkpoints,
    { ...all, ...filter },
    // SAFETY: only how many there are is asked.
    (id) => (withRun.includes(id) ? ([{}] as never) : []),
    new Set(opened),
  ).map((entry) =>
    entry.kind === 'day'
      ? `${entry.day} (${entry.count})`
      : entry.kind === 'burst'
        ? `${entry.isOpen ? '-' : '+'}${entry.checkpoints.length}`
        : `${entry.inBurst ? ' ' : ''}${entry.checkpoint.id}`,
  );

describe('the timeline', () => {
  it('has each checkpoint once, under its local day', () => {
    expect(lay([checkpoint(1, 0), checkpoint(2, 13 * 60), checkpoint(3, 14 * 60)])).toEqual([
      ...['2026-11-20 (1)', 'c1', '2026-11-19 (2)', 'c2', 'c3'],
    ]);
  });

  it('folds small saves that follow each other, and opens them', () => {
    const saves = [1, 2, 3, 4].map((number) => checkpoint(number, number));
    expect(lay(saves)).toEqual(['2026-11-20 (4)', '+4']);
    expect(lay(saves, {}, ['c1'])).toEqual(['2026-11-20 (4)', '-4', ' c1', ' c2', ' c3', ' c4']);
  });

  it('folds nothing that says something', () => {
    const big = { changed: 9, added: 0, removed: 0, moved: 0, outputsChanged: 0 };
    const saves = [
      checkpoint(1, 1, { starred: true }),
      checkpoint(2, 2, { note: 'x' }),
      checkpoint(3, 3, { changes: big }),
      checkpoint(4, 4, { kind: 'restore' }),
      checkpoint(5, 5),
      checkpoint(6, 6),
      checkpoint(7, 20),
      checkpoint(8, 21, { notebook: 'b.ipynb' }),
    ];
    expect(lay(saves, {}, [], ['c5'])).toHaveLength(9);
  });

  it('filters by notebook, kind, star, runs and text', () => {
    const some = [
      checkpoint(1, 1, { kind: 'git', origin: 'a1b2c3d Fix the split' }),
      checkpoint(2, 30, { notebook: 'b.ipynb', starred: true }),
      checkpoint(3, 60, { tags: { Baseline: '' } }),
    ];
    expect(lay(some, { notebook: 'b.ipynb' })[1]).toBe('c2');
    expect(lay(some, { kind: 'git' })[1]).toBe('c1');
    expect(lay(some, { starred: true })[1]).toBe('c2');
    expect(lay(some, { withRuns: true }, [], ['c3'])[1]).toBe('c3');
    expect(lay(some, { text: 'the SPLIT' })[1]).toBe('c1');
    expect(lay(some, { text: 'baseline' })[1]).toBe('c3');
    expect(lay(some, { text: 'nothing' })).toEqual([]);
  });

  it('lays out ten thousand checkpoints at once', () => {
    const many = Array.from({ length: 10_000 }, (_, i) => checkpoint(i, i * 7));
    const startedAtMs = performance.now();
    layOutTimeline(many, all, () => [], new Set());
    // A few milliseconds; what looked at each pair would take minutes.
    expect(performance.now() - startedAtMs).toBeLessThan(5_000);
  });
});
