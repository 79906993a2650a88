import type { BoardQuery } from '../core/leaderboard/boardQuery';
import type { ShownBoard } from '../core/leaderboard/shownBoard';
import type { RunId } from '../core/run/run';

/** What it took the runs of one row to reach the target. */
export interface Reached {
  readonly key: string;
  readonly reachedCount: number;
  /** In the mean, of those that reached it. */
  readonly durationMs?: number;
  readonly cost?: number;
}

/** What the leaderboard page may ask of the host. */
export interface LeaderboardHost {
  /** Rejects with a reason that says what to do. */
  readBoard(query: BoardQuery): Promise<ShownBoard>;
  /** Of the given rows of the last board, if the query has a target. */
  readReached(keys: readonly string[], query: BoardQuery): Promise<readonly Reached[]>;
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

export type LeaderboardState = BoardQuery;
