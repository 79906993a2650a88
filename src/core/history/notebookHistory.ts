import type { CellExecution } from '../notebook/cellExecution';
import type { MatchedCell } from '../notebook/cellFeatures';
import type { CheckpointId } from '../run/run';
import { CellTrack } from './cellTrack';
import { findMerges, findSplits } from './findParts';
import type { HistoryCell, HistoryStep, Moment } from './historyStep';
import { pairCells } from './pairCells';

/** What is shorter, such as `plt.show()`, does not tell that a cell came back. */
const minTellingLength = 20;

/**
 * The cells of one notebook through its checkpoints. Each checkpoint is taken in once, in the order of
 * time, and held against the one before it; what became of any cell is known then without another look.
 */
export class NotebookHistory {
  private readonly all: CellTrack[] = [];
  /** By index of the checkpoint, its cells' tracks; one list for all that have the same cells. */
  private readonly tracksAt = new Map<CheckpointId, readonly CellTrack[]>();
  private newest: { readonly moment: Moment; readonly cells: readonly HistoryCell[] } | undefined;
  private current: readonly CellTrack[] = [];
  /** Cells that are gone, by id and by telling source: the one that went last. */
  private readonly goneById = new Map<string, CellTrack>();
  private readonly goneBySource = new Map<string, CellTrack>();

  /** Every cell that there ever was, by when it was first seen. */
  get tracks(): readonly CellTrack[] {
    return this.all;
  }

  /** Those of the newest checkpoint, in the order of its cells. */
  get currentTracks(): readonly CellTrack[] {
    return this.current;
  }

  get newestMoment(): Moment | undefined {
    return this.newest?.moment;
  }

  get newestCells(): readonly HistoryCell[] {
    return this.newest?.cells ?? [];
  }

  trackAt(checkpointId: CheckpointId, cellIndex: number): CellTrack | undefined {
    return this.tracksAt.get(checkpointId)?.[cellIndex];
  }

  /** The cells of a notebook that is newer than the newest checkpoint, such as the open one. */
  tracksOf(cells: readonly MatchedCell[]): readonly (CellTrack | undefined)[] {
    const pairs = pairCells(this.newestCells, cells);
    return cells.map((_, index) => this.current[pairs ? (pairs[index] ?? -1) : index]);
  }

  append({ checkpointId, atMs, cells, executions }: HistoryStep): void {
    const before = this.newest?.cells ?? [];
    const pairs = pairCells(before, cells);
    if (pairs) this.current = this.follow(before, cells, pairs, { checkpointId, atMs });
    for (const [cellIndex, cell] of cells.entries()) {
      this.current[cellIndex]?.seen(cell, { checkpointId, atMs, cellIndex });
    }
    this.tracksAt.set(checkpointId, this.current);
    this.newest = { moment: { checkpointId, atMs }, cells };
    for (const execution of executions) this.trackOf(execution)?.ran(execution);
  }

  /** The tracks of the next checkpoint, the new ones among them. */
  private follow(
    before: readonly HistoryCell[],
    cells: readonly HistoryCell[],
    pairs: Int32Array,
    moment: Moment,
  ): readonly CellTrack[] {
    const old = this.current;
    const stayed = new Set(pairs);
    const gone = [...old.keys()].filter((index) => !stayed.has(index));
    const fresh = [...cells.keys()].filter((index) => pairs[index] === -1);
    // What went is looked for before it is noted as gone, as it cannot have come back already.
    const tracks = cells.map((cell, index) => {
      const track = old[pairs[index] ?? -1] ?? this.returning(cell);
      if (track) return track;
      const made = new CellTrack(this.all.length);
      this.all.push(made);
      return made;
    });
    for (const index of gone) this.note(old[index], before[index]);
    const sides = { old: before, new: cells, pairs };
    for (const { part, whole } of findSplits(sides, fresh)) {
      const [track, other] = [tracks[part], old[whole]];
      if (track && other && track.lives.length === 0) {
        track.splitFrom = { other: other.number, at: { ...moment, cellIndex: part } };
      }
    }
    for (const { part, whole } of findMerges(sides, gone)) {
      const [track, other] = [old[part], tracks[whole]];
      if (track && other) {
        track.mergedInto = { other: other.number, at: { ...moment, cellIndex: whole } };
      }
    }
    return tracks;
  }

  private note(track: CellTrack | undefined, cell: HistoryCell | undefined): void {
    if (!track || !cell) return;
    track.ended();
    if (cell.id !== undefined) this.goneById.set(cell.id, track);
    if (cell.source.trim().length >= minTellingLength) this.goneBySource.set(cell.source, track);
  }

  /** A cell that was deleted, and is there again. */
  private returning({ id, source }: HistoryCell): CellTrack | undefined {
    const byId = id === undefined ? undefined : this.goneById.get(id);
    const track = byId ?? this.goneBySource.get(source);
    if (!track) return undefined;
    for (const gone of [this.goneById, this.goneBySource]) {
      for (const [key, other] of gone) if (other === track) gone.delete(key);
    }
    track.mergedInto = undefined;
    return track;
  }

  private trackOf({ cellId, cellIndex, source }: CellExecution): CellTrack | undefined {
    const cells = this.newestCells;
    if (cellId !== undefined) {
      const byId = cells.findIndex(({ id }) => id === cellId);
      return byId === -1 ? this.goneById.get(cellId) : this.current[byId];
    }
    if (cells[cellIndex]?.source === source) return this.current[cellIndex];
    const bySource = cells.findIndex((cell) => cell.source === source);
    return bySource === -1 ? undefined : this.current[bySource];
  }
}
