import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Checkpoint } from '../core/checkpoint/checkpoint';
import type { CheckpointId, Run, RunFile, RunId } from '../core/run/run';
import { asksForCode, type SearchField, type SearchNode } from '../core/search/searchNode';
import type { SearchVocabulary } from '../core/search/suggestSearch';
import type { Series } from '../core/series/series';
import {
  joinSeriesBatch,
  type SeriesBatch,
  type SeriesBatchOptions,
  type SeriesPart,
  type WantedSeries,
} from '../core/series/seriesBatch';
import type { SavedView } from '../core/view/savedView';
import type { ScriptTexts } from './contents/scriptTexts';
import { fieldsOf, type SearchSurroundings } from './database/columns/runSearch';
import type { CheckpointQuery, RunIdQuery, RunQuery, ThinnedSeries } from './store';
import type { LiveState } from './windows/liveState';

/** What is read at a stretch takes about so long: then commits have their turn. */
const turnMs = 20;

/** Answers what is asked of the record by the database as it is now. */
export class RecordReads {
  readonly #live: LiveState;
  readonly #scripts: ScriptTexts;
  readonly #now: () => number;
  /** How many are being answered that need columns of fields. */
  #searches = 0;

  constructor(live: LiveState, scripts: ScriptTexts, now: () => number) {
    this.#live = live;
    this.#scripts = scripts;
    this.#now = now;
  }

  async listRuns(query?: RunQuery): Promise<readonly Run[]> {
    return this.#answer(query?.search, fieldsOf(query?.search), (surroundings) =>
      this.#live.reader.listRuns(query, surroundings),
    );
  }

  async listRunIds(query: RunIdQuery = {}): Promise<readonly RunId[]> {
    const fields = fieldsOf(query.search, query.orderBy);
    return this.#answer(query.search, fields, (surroundings) =>
      this.#live.reader.listRunIds(query, surroundings),
    );
  }

  async readFigures(
    runIds: readonly RunId[],
    fields: readonly SearchField[],
  ): Promise<readonly Float64Array[]> {
    return this.#answer(undefined, fields, (surroundings) =>
      this.#live.reader.readFigures(runIds, fields, surroundings),
    );
  }

  async readVocabulary(): Promise<SearchVocabulary> {
    return this.#live.reader.readVocabulary();
  }

  /** Reads by what a search is answered with; what takes long has been read before, in turns. */
  async #answer<T>(
    search: SearchNode | undefined,
    fields: readonly SearchField[],
    read: (surroundings: SearchSurroundings) => T,
  ): Promise<T> {
    this.#searches += 1;
    try {
      if (search !== undefined && asksForCode(search)) {
        await this.#scripts.read(this.#live.reader.listScripts());
      }
      // Asked for anew each time, as a reload puts another in its place.
      while (this.#live.reader.readSome(fields)) await nextTurn();
      return read({ nowMs: this.#now(), scripts: this.#scripts.texts });
    } finally {
      this.#searches -= 1;
      if (this.#searches === 0) this.#live.reader.trim();
    }
  }

  async getRun(runId: RunId): Promise<Run | undefined> {
    return this.#live.reader.getRun(runId);
  }

  async getRuns(runIds: readonly RunId[]): Promise<readonly Run[]> {
    return this.#live.reader.getRuns(runIds);
  }

  async listFiles(runId: RunId): Promise<readonly RunFile[]> {
    return this.#live.reader.listFiles(runId);
  }

  async listEditions(runId: RunId): Promise<ReadonlyMap<string, string>> {
    return this.#live.reader.listEditions(runId);
  }

  async readSeries(runId: RunId, key: string): Promise<Series> {
    return this.#live.reader.readSeries(runId, key);
  }

  async readThinnedSeries(runId: RunId, key: string, buckets: number): Promise<ThinnedSeries> {
    return this.#live.reader.readThinnedSeries(runId, key, buckets);
  }

  async listInputs(runIds: readonly RunId[]): Promise<ReadonlyMap<RunId, readonly RunFile[]>> {
    return this.#live.reader.listInputs(runIds);
  }

  async readSeriesBatch(
    wanted: readonly WantedSeries[],
    options: SeriesBatchOptions,
  ): Promise<SeriesBatch> {
    const parts: SeriesPart[] = [];
    let sinceMs = performance.now();
    for (const each of wanted) {
      parts.push(this.#live.reader.readSeriesPart(each, options));
      if (performance.now() - sinceMs < turnMs) continue;
      await nextTurn();
      sinceMs = performance.now();
    }
    return joinSeriesBatch(parts);
  }

  async listViews(): Promise<readonly SavedView[]> {
    return this.#live.reader.listViews();
  }

  async listCheckpoints(query?: CheckpointQuery): Promise<readonly Checkpoint[]> {
    return this.#live.reader.listCheckpoints(query);
  }

  async getCheckpoint(checkpointId: CheckpointId): Promise<Checkpoint | undefined> {
    return this.#live.reader.getCheckpoint(checkpointId);
  }
}
