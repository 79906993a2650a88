import type { BoardQuery } from '../core/leaderboard/boardQuery';
import type { ShownBoard } from '../core/leaderboard/shownBoard';
import type { RunId } from '../core/run/run';
import type { SearchVocabulary } from '../core/search/suggestSearch';
import type { FirstRunHost } from './firstRunHost';
import type { SavedViewsHost } from './savedViewsHost';

/** What it took the runs of one row to reach the target. */
export interface Reached {
  readonly key: string;
  readonly reachedCount: number;
  /** In the mean, of those that reached it. */
  readonly durationMs?: number;
  readonly cost?: number;
}

/** What the leaderboard page may ask of the host. */
export interface LeaderboardHost extends SavedViewsHost, FirstRunHost {
  /** Rejects with a reason that says what to do. */
  readBoard(query: BoardQuery): Promise<ShownBoard>;
  /** Of the given rows of the last board, if the query has a target. */
  readReached(keys: readonly string[], query: BoardQuery): Promise<readonly Reached[]>;
  readVocabulary(): Promise<SearchVocabulary>;
  openRun(runId: RunId): Promise<void>;
  compareRuns(runIds: readonly RunId[]): Promise<void>;
  showCharts(runIds: readonly RunId[]): Promise<void>;
  openPriceSettings(): Promise<void>;
  copy(text: string): Promise<void>;
  /** Asks where to. */
  saveFile(name: string, text: string): Promise<void>;
}

/** What the host may tell the leaderboard page. */
export interface LeaderboardPage {
  boardChanged(): void;
}

/** What was chosen; undefined takes a choice back. */
export type LeaderboardState = {
  readonly [K in keyof Required<BoardQuery>]?: BoardQuery[K] | undefined;
};
