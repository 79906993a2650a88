import type { BoardQuery } from '../core/leaderboard/boardQuery';
import type { ReachedGroup } from '../core/leaderboard/cost';
import type { ShownBoard } from '../core/leaderboard/shownBoard';
import type { RunId } from '../core/run/run';
import type { FirstRunHost } from './firstRunHost';
import type { SavedViewsHost } from './savedViewsHost';
import type { SearchHost } from './searchHost';

/** What the leaderboard page may ask of the host. */
export interface LeaderboardHost extends SavedViewsHost, FirstRunHost, SearchHost {
  /** Rejects with a reason that says what to do. */
  readBoard(query: BoardQuery): Promise<ShownBoard>;
  /** Of the given rows of the last board, if the query has a target. */
  readReached(keys: readonly string[], query: BoardQuery): Promise<readonly ReachedGroup[]>;
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
