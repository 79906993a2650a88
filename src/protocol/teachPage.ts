import type { MetricPattern } from '../core/extract/patterns/metricPattern';
import type { TrialResult } from '../core/extract/patterns/patternTrial';
import type { Picks } from '../core/extract/patterns/proposePattern';
import type { LogLine } from '../core/log/logLine';
import type { RunId } from '../core/run/run';

/** Where a pattern can be kept: in the settings of the workspace, or in the user's own. */
export type SavePlace = 'workspace' | 'user';

export interface TeachData {
  readonly runName: string;
  readonly lineCount: number;
  /** What of the log is not there, in words. */
  readonly leftOut?: string;
  /** It is shown as it was when the page was opened, and cannot be read again yet. */
  readonly isRunning: boolean;
  readonly places: readonly SavePlace[];
  /** How many runs of the same script have a log, this one included. */
  readonly scriptRunCount: number;
}

export interface ProposedPattern {
  /** Empty where nothing in the line names the number. */
  readonly name: string;
  readonly pattern: string;
}

/** What the page that teaches a metric may ask of the host. Lines count from 0. */
export interface TeachHost {
  /** Rejects with a reason if there is no log. */
  readLog(): Promise<TeachData>;
  /** Lines from `start` up to, not including, `end`, with what the pattern finds in them. */
  readLines(start: number, end: number, pattern?: MetricPattern): Promise<readonly LogLine[]>;
  /** The same of the lines alone in which the pattern that was tried last finds something. */
  readMatching(start: number, end: number, pattern: MetricPattern): Promise<readonly LogLine[]>;
  /** The next line with a text, going round at the end. */
  findLine(text: string, from: number, step: 1 | -1): Promise<number | undefined>;
  /** What a pattern finds in the whole log. Rejects with the reason if it cannot be used. */
  tryPattern(pattern: MetricPattern): Promise<TrialResult>;
  propose(line: number, picks: Picks): Promise<ProposedPattern>;
  savePattern(pattern: MetricPattern, place: SavePlace): Promise<void>;
  /** Reads the log of this run, or of all runs of its script, again; the host says what has changed. */
  reread(which: 'run' | 'script'): Promise<void>;
}

/** What the host may tell the page. */
export interface TeachPage {
  logChanged(): void;
}

/** What survives a reload of the page; the host restores a panel from it. */
export interface TeachState {
  readonly runId: RunId;
  /** Whose numbers are picked. */
  readonly line?: number | undefined;
  readonly picks?: Picks | undefined;
  readonly name: string;
  readonly pattern: string;
  readonly place?: SavePlace;
}
