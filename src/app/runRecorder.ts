import { randomUUID } from 'node:crypto';
import type { Change } from '../core/change/change';
import type { ExtractedMetric, Extraction } from '../core/extract/extraction';
import { createListeners } from '../core/listeners';
import {
  type Outcome,
  type Recording,
  type RecordingEvent,
  reduceRecording,
  startRecording,
} from '../core/recording/recordingReducer';
import type { Remote } from '../core/rpc';
import type { CodeState, Param, RunId, RunSource } from '../core/run/run';
import type { Store } from '../store/store';
import type { ExtractionService } from './extractionService';

export interface RecordingStart {
  readonly source: RunSource;
  /** Helps to read the output; undefined for a cell. */
  readonly command: string | undefined;
  readonly params: readonly Param[];
  /** Whether something else than its output says that it trains; asked once. */
  readonly isTraining: Promise<boolean>;
  /** Asked once, when it becomes a run. */
  readonly codeState: () => Promise<CodeState | undefined>;
  /** Whether the raw output is kept as the run's log; a notebook keeps its own. */
  readonly keepLog: boolean;
}

/** One command or cell while it runs. */
export interface RecordingHandle {
  readonly runId: RunId;
  /** Raw text as it came, cut anywhere. */
  push(text: string): void;
  /** Resolves once all is on disk: true if it became a run. */
  end(outcome: Outcome): Promise<boolean>;
}

/** What a surface may show of a run before it is stored. */
export interface ActiveRun {
  readonly runId: RunId;
  readonly source: RunSource;
  readonly startedAtMs: number;
  readonly live: readonly ExtractedMetric[];
}

export interface RunRecorder {
  start(start: RecordingStart): RecordingHandle;
  /** Those that are known to be runs. */
  activeRuns(): readonly ActiveRun[];
  onDidChangeActive(listener: () => void): () => void;
  /** Ends all, as when the window closes. */
  endAll(outcome: Outcome): Promise<void>;
}

export interface RunRecorderPorts {
  readonly store: Store;
  readonly extraction: Remote<ExtractionService>;
  readonly now: () => number;
  readonly onError: (what: string, error: unknown) => void;
}

/** What a tentative command may print before its oldest output is let go, in UTF-16 units. */
const maxTentativeLogLength = 16 * 1024 * 1024;

const nothing: Extraction = { metrics: [], live: [], params: [], artifacts: [] };

export function createRunRecorder(ports: RunRecorderPorts): RunRecorder {
  const active = new Map<RunId, ActiveRecording>();
  const changed = createListeners<void>();
  return {
    start(start) {
      const recording = new ActiveRecording(start, ports, () => changed.emit());
      active.set(recording.runId, recording);
      return {
        runId: recording.runId,
        push: (text) => recording.push(text),
        async end(outcome) {
          try {
            return await recording.end(outcome);
          } finally {
            active.delete(recording.runId);
            changed.emit();
          }
        },
      };
    },
    activeRuns: () => [...active.values()].flatMap((recording) => recording.asActiveRun() ?? []),
    onDidChangeActive: (listener) => changed.add(listener),
    async endAll(outcome) {
      await Promise.all([...active.values()].map((recording) => recording.end(outcome)));
      active.clear();
    },
  };
}

/** Takes text in and carries out what the reducer decides, one step after the other. */
class ActiveRecording {
  readonly runId: RunId;
  private recording: Recording;
  private readonly unread: string[] = [];
  private readonly unlogged: string[] = [];
  private unloggedLength = 0;
  /** The first half of a character that a chunk cut in two. */
  private carried = '';
  private turn: Promise<void>;
  private draining = false;

  constructor(
    private readonly start: RecordingStart,
    private readonly ports: RunRecorderPorts,
    private readonly changed: () => void,
  ) {
    // SAFETY: a random UUID is what a RunId is.
    this.runId = randomUUID() as RunId;
    this.recording = startRecording(this.runId, start.source, ports.now(), start.params);
    this.turn = ports.extraction
      .open(this.runId, start.command)
      .catch((error) => ports.onError('Reading the output', error));
    void start.isTraining
      .then((isTraining) => {
        if (isTraining) this.inTurn(() => this.step({ kind: 'isTraining' }));
      })
      .catch((error) => ports.onError('Looking at the script', error));
  }

  asActiveRun(): ActiveRun | undefined {
    if (this.recording.phase !== 'recording') return undefined;
    const { runId, source, startedAtMs, live } = this.recording;
    return { runId, source, startedAtMs, live };
  }

  push(text: string): void {
    if (this.recording.phase === 'ended') return;
    const whole = this.carried + text;
    const cut = /[\uD800-\uDBFF]$/.test(whole) ? whole.length - 1 : whole.length;
    this.carried = whole.slice(cut);
    if (cut === 0) return;
    this.unread.push(whole.slice(0, cut));
    // What comes while a step is under way is taken together by the next one.
    if (this.draining) return;
    this.draining = true;
    this.inTurn(async () => {
      this.draining = false;
      await this.readUnread();
    });
  }

  async end(outcome: Outcome): Promise<boolean> {
    const endedAtMs = this.ports.now();
    // A short command can be over before its script was looked at.
    await this.start.isTraining.catch(() => false);
    await this.inTurn(async () => {
      await this.readUnread();
      await this.readExtraction(endedAtMs, this.ports.extraction.end(this.runId));
    });
    const wasRun = this.recording.phase === 'recording';
    await this.inTurn(() => this.step({ kind: 'ended', atMs: endedAtMs, outcome }));
    return wasRun;
  }

  private async readUnread(): Promise<void> {
    const text = this.unread.splice(0).join('');
    if (text === '') return;
    const atMs = this.ports.now();
    this.keepForLog(text);
    await this.readExtraction(atMs, this.ports.extraction.push(this.runId, text));
  }

  /** Output that cannot be understood is kept all the same. */
  private async readExtraction(atMs: number, extracting: Promise<Extraction>): Promise<void> {
    const extraction = await extracting.catch((error) => {
      this.ports.onError('Reading the output', error);
      return nothing;
    });
    await this.step({ kind: 'extracted', atMs, extraction });
  }

  private async step(event: RecordingEvent): Promise<void> {
    const before = this.recording;
    const { recording, changes } = reduceRecording(before, event);
    this.recording = recording;
    if (changes.length > 0) await this.ports.store.commit(changes);
    if (before.phase === 'tentative' && recording.phase === 'recording') this.recordCodeState();
    if (recording.phase === 'recording') await this.writeLog();
    if (recording.phase !== before.phase || recording.live !== before.live) this.changed();
  }

  private keepForLog(text: string): void {
    if (!this.start.keepLog) return;
    this.unlogged.push(text);
    this.unloggedLength += text.length;
    while (this.unloggedLength > maxTentativeLogLength && this.unlogged.length > 1) {
      this.unloggedLength -= this.unlogged.shift()?.length ?? 0;
    }
  }

  private async writeLog(): Promise<void> {
    const text = this.unlogged.splice(0).join('');
    this.unloggedLength = 0;
    if (text !== '') await this.ports.store.appendLog(this.runId, new TextEncoder().encode(text));
  }

  private recordCodeState(): void {
    const { store, onError } = this.ports;
    void this.start
      .codeState()
      .then(async (codeState) => {
        if (!codeState) return;
        const change: Change = { kind: 'codeStateRecorded', runId: this.runId, codeState };
        await store.commit([change]);
      })
      .catch((error) => onError('Recording the code of a run', error));
  }

  /** One thing at a time, in order; a failure is told and the next thing goes on. */
  private inTurn(action: () => Promise<void>): Promise<void> {
    this.turn = this.turn.then(action).catch((error) => {
      this.ports.onError('Recording a run', error);
    });
    return this.turn;
  }
}
