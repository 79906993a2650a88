import type { CheckpointId } from '../../../src/core/run/run';
import type { FoundPart, TimelineHost, TimelineLine } from '../../../src/protocol/timelinePage';

const startMs = new Date(2026, 10, 20, 12).getTime();

export function timelineLine(number: number, text = 'notebooks/digits.ipynb'): TimelineLine {
  return {
    kind: 'checkpoint',
    // SAFETY: any text is as good an id as another.
    id: `checkpoint-${number}` as CheckpointId,
    ...{ notebook: text, takenAtMs: startMs - number * 60_000, what: 'save' },
    description: `${number + 1} cells changed · #baseline`,
    ...{ note: text, starred: number === 1, sizeBytes: 12_345, inBurst: false },
    ...(number === 2 ? { lost: 'An output of 3 MB was dropped to save space.' } : {}),
    results: number % 2 === 0 ? [] : ['val_acc 0.97 ▲ +0.01 better'],
  };
}

/** A day of checkpoints, with small saves among them. */
export function timelineHost(count: number, text?: string): Partial<TimelineHost> {
  const notebook = text ?? 'notebooks/digits.ipynb';
  const at = (index: number): TimelineLine =>
    index === 0
      ? { kind: 'day', label: 'Today', count }
      : index === 3
        ? {
            ...{ kind: 'burst', key: 'burst', notebook, isOpen: false },
            ...{ count: 12, fromMs: startMs - 600_000, toMs: startMs },
          }
        : timelineLine(index, text);
  return {
    readTimeline: async () => ({ notebooks: [notebook], total: count }),
    readLineCount: async () => count + 1,
    readLines: async (_request, start, end) =>
      Array.from({ length: Math.max(0, Math.min(count + 1, end) - start) }, (_, i) =>
        at(start + i),
      ),
  };
}

export function foundPart(notebook: string, text: string): FoundPart {
  // SAFETY: any text is as good an id as another.
  const checkpointId = 'checkpoint-7' as CheckpointId;
  return {
    ...{ notebook, done: 1, total: 2 },
    hits: [
      {
        place: { checkpointId, cellIndex: 4, atMs: startMs },
        ...{ key: 12, kind: 'code', count: 1, isCurrent: false },
        ...{ firstSeenAtMs: startMs - 600_000, lastSeenAtMs: startMs },
        lines: [{ number: 3, text, spans: [{ start: 0, end: Math.min(7, text.length) }] }],
        result: 'val_acc 0.97',
      },
    ],
  };
}
