import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { CheckpointContents } from '../../../src/app/history/checkpointContents';
import {
  createHistoryService,
  type KnownCheckpoint,
} from '../../../src/app/history/historyService';
import type { NotebookOutput } from '../../../src/core/notebook/notebook';
import type { NotebookOutline } from '../../../src/core/notebook/notebookOutline';
import { maxShownChars } from '../../../src/core/notebook/view/shownMedium';
import type { BlobHash } from '../../../src/core/run/run';
import { stepOf } from './editedNotebook';

/** Checkpoints whose content is named by the sources of their cells. */
function checkpoints(...sources: readonly string[]): readonly KnownCheckpoint[] {
  return sources.map((source, number) => ({
    id: stepOf(number, []).checkpointId,
    takenAtMs: number,
    // SAFETY: read by the contents below alone.
    content: source as BlobHash,
  }));
}

function contents(): CheckpointContents & { readonly read_: string[] } {
  const read_: string[] = [];
  return {
    read_,
    read: async () => new Uint8Array(),
    outputs: async () => [],
    executions: async () => [],
    async outline({ content }): Promise<NotebookOutline> {
      read_.push(content);
      if (content.startsWith('!')) throw new Error('damaged');
      const cells = content
        .split('|')
        .map((source) => ({ kind: 'code' as const, source, outputs: [] }));
      return { cells, language: 'python', executions: [] };
    },
  };
}

const counts = (service: ReturnType<typeof createHistoryService>) =>
  service.counts('a.ipynb').map(({ versions }) => versions);

describe('the history of a notebook in its worker', () => {
  it('reads each checkpoint once, as they come', async () => {
    const stored = contents();
    const service = createHistoryService(stored);
    service.know('a.ipynb', 0, checkpoints('fit(lr=1)|x', 'fit(lr=2)|x'));
    expect(await service.advance('a.ipynb', 1000)).toEqual({ read: 2, total: 2, unreadable: 0 });
    expect(counts(service)).toEqual([2, 1]);
    service.know('a.ipynb', 2, checkpoints('', '', 'fit(lr=3)|x').slice(2));
    await service.advance('a.ipynb', 1000);
    expect(counts(service)).toEqual([3, 1]);
    expect(stored.read_).toHaveLength(3);
  });

  it('begins anew where one comes in between, as an import from git does', async () => {
    const service = createHistoryService(contents());
    service.know('a.ipynb', 0, checkpoints('fit(lr=1)', 'fit(lr=3)'));
    await service.advance('a.ipynb', 1000);
    service.know('a.ipynb', 1, checkpoints('', 'fit(lr=2)', 'fit(lr=3)').slice(1));
    expect(await service.advance('a.ipynb', 1000)).toEqual({ read: 3, total: 3, unreadable: 0 });
    expect(counts(service)).toEqual([3]);
  });

  it('lets go of what nobody asked for during ten minutes, and reads it again', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    onTestFinished(() => void vi.useRealTimers());
    const stored = contents();
    const service = createHistoryService(stored);
    service.know('a.ipynb', 0, checkpoints('fit(lr=1)', 'fit(lr=2)'));
    await service.advance('a.ipynb', 1000);
    vi.advanceTimersByTime(9 * 60_000);
    expect(counts(service)).toEqual([2]);
    vi.advanceTimersByTime(9 * 60_000);
    expect(counts(service)).toEqual([2]);
    vi.advanceTimersByTime(11 * 60_000);
    expect(counts(service)).toEqual([]);
    expect(await service.advance('a.ipynb', 1000)).toEqual({ read: 2, total: 2, unreadable: 0 });
    expect(counts(service)).toEqual([2]);
    expect(stored.read_).toHaveLength(4);
  });

  it('reads no longer than it was asked to', async () => {
    const service = createHistoryService(contents());
    service.know('a.ipynb', 0, checkpoints('fit(lr=1)', 'fit(lr=2)'));
    expect(await service.advance('a.ipynb', 0)).toEqual({ read: 0, total: 2, unreadable: 0 });
  });

  it('leaves out what cannot be read, and says so', async () => {
    const service = createHistoryService(contents());
    service.know('a.ipynb', 0, checkpoints('fit(lr=1)', '!', 'fit(lr=2)'));
    expect(await service.advance('a.ipynb', 1000)).toEqual({ read: 3, total: 3, unreadable: 1 });
    expect(counts(service)).toEqual([2]);
  });

  it('traces a cell of the open notebook, of a checkpoint, and one that is gone', async () => {
    const service = createHistoryService(contents());
    service.know('a.ipynb', 0, checkpoints('fit(lr=1)|print(score)', 'fit(lr=2)'));
    await service.advance('a.ipynb', 1000);
    const cells = [
      { kind: 'code' as const, source: 'x' },
      { kind: 'code' as const, source: 'fit(lr=2)' },
    ];
    const open = service.trace('a.ipynb', { kind: 'open', cells, cellIndex: 1 });
    expect(open?.versions.map(({ source }) => source)).toEqual(['fit(lr=1)', 'fit(lr=2)']);
    expect(service.trace('a.ipynb', { kind: 'open', cells, cellIndex: 0 })).toBeUndefined();
    const { checkpointId } = stepOf(0, []);
    const gone = service.trace('a.ipynb', { kind: 'checkpoint', checkpointId, cellIndex: 1 });
    expect(gone).toMatchObject({
      language: 'python',
      isCurrent: false,
      versions: [{ source: 'print(score)' }],
    });
  });

  it('gives a page no more of a long output than it shows, and the rest of the program all', async () => {
    const image = 'A'.repeat(2 * maxShownChars);
    const outputs: readonly NotebookOutput[] = [
      { kind: 'stream', name: 'stdout', data: {}, text: 'x'.repeat(maxShownChars + 7) },
      { kind: 'display', data: { 'image/png': image, 'text/plain': 'a figure' } },
    ];
    const service = createHistoryService({ ...contents(), outputs: async () => outputs });
    const [checkpoint] = checkpoints('fit(lr=1)');
    if (checkpoint === undefined) throw new Error('no checkpoint');
    const [long, picture] = await service.shownOutputs(checkpoint, 0);
    expect(long?.text).toHaveLength(maxShownChars);
    expect(long?.leftOutChars).toBe(7);
    expect(picture).toEqual(outputs[1]);
    expect(await service.outputs(checkpoint, 0)).toEqual(outputs);
  });

  it('finds a source of long ago, those seen last first, and whether it is still there', async () => {
    const service = createHistoryService(contents());
    service.know(
      'a.ipynb',
      0,
      checkpoints('Net(dropout=0.3)', 'Net(dropout=0.5)', 'Net()|dropout = 1'),
    );
    await service.advance('a.ipynb', 1000);
    const search = service.beginSearch({
      ...{ text: 'dropout', matchCase: false, wholeWord: false, isRegex: false },
    });
    expect(
      service
        .searchIn(search, 'a.ipynb')
        .map((hit) => [hit.source, hit.lastSeenAtMs, hit.isCurrent]),
    ).toEqual([
      ['dropout = 1', 2, true],
      ['Net(dropout=0.5)', 1, false],
      ['Net(dropout=0.3)', 0, false],
    ]);
  });
});
