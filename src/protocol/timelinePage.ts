import type { CheckpointKind } from '../core/checkpoint/checkpoint';
import type { SearchHit } from '../core/history/searchHistory';
import type { SourceQuery } from '../core/history/sourceSearch';
import type { TimelineFilter } from '../core/history/timelineLines';
import type { CheckpointId } from '../core/run/run';
import type { FirstRunHost } from './firstRunHost';

export interface TimelineState {
  readonly mode: 'checkpoints' | 'search';
  readonly filter: TimelineFilter;
  readonly query: SourceQuery;
}

export interface TimelineData {
  /** Paths of all that have checkpoints. */
  readonly notebooks: readonly string[];
  readonly total: number;
}

/** What the timeline is laid out by. */
export interface TimelineRequest {
  readonly filter: TimelineFilter;
  /** Keys of the bursts that are open. */
  readonly opened: readonly string[];
}

export type TimelineLine =
  | { readonly kind: 'day'; readonly label: string; readonly count: number }
  | {
      readonly kind: 'burst';
      readonly key: string;
      readonly notebook: string;
      readonly fromMs: number;
      readonly toMs: number;
      readonly count: number;
      readonly isOpen: boolean;
    }
  | {
      readonly kind: 'checkpoint';
      readonly id: CheckpointId;
      readonly notebook: string;
      readonly takenAtMs: number;
      readonly what: CheckpointKind;
      readonly origin?: string;
      /** What changed, the tags, and what is not kept. */
      readonly description: string;
      readonly note?: string;
      /** Why there is less of it than the notebook held. */
      readonly lost?: string;
      readonly starred: boolean;
      readonly sizeBytes: number;
      /** Of the runs that it holds the code of: `val_acc 0.97 ▲ +0.01 better`. */
      readonly results: readonly string[];
      readonly inBurst: boolean;
    };

/** What the timeline page may ask of the host. */
export interface TimelineHost extends Pick<FirstRunHost, 'openWalkthrough'> {
  readTimeline(): Promise<TimelineData>;
  readLineCount(request: TimelineRequest): Promise<number>;
  readLines(request: TimelineRequest, start: number, end: number): Promise<readonly TimelineLine[]>;
  /** With the one before it. */
  openDiff(checkpointId: CheckpointId): Promise<void>;
  diffTwo(first: CheckpointId, second: CheckpointId): Promise<void>;
  restore(checkpointId: CheckpointId): Promise<void>;
  toggleStar(checkpointIds: readonly CheckpointId[]): Promise<void>;
  editTags(checkpointIds: readonly CheckpointId[]): Promise<void>;
  editNote(checkpointId: CheckpointId): Promise<void>;
  /** Ends the search before it. Rejects if the query cannot be used, or once it has failed. */
  search(id: number, query: SourceQuery, notebook?: string): Promise<void>;
  /** Opens the history of the cell at the version that was found. Rejects if another search has begun. */
  showCell(key: number): Promise<void>;
}

/** What is found of a source crosses, the source itself does not. */
export interface FoundSource extends Omit<SearchHit, 'source' | 'ids'> {
  readonly key: number;
  /** Of the last run from this source. */
  readonly result?: string;
}

/** What the host may tell the timeline page. */
export interface TimelinePage {
  timelineChanged(): void;
  found(id: number, part: FoundPart): void;
}

export interface FoundPart {
  readonly notebook: string;
  readonly hits: readonly FoundSource[];
  /** Notebooks that were looked through, and all of them. */
  readonly done: number;
  readonly total: number;
}
