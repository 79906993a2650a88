import { randomUUID } from 'node:crypto';
import type { Change } from '../core/change/change';
import type { Extraction } from '../core/extract/extraction';
import { movePoints } from '../core/recording/movePoints';
import {
  continueRecording,
  type Outcome,
  type Recording,
  type RecordingChange,
  type RecordingEvent,
  reduceRecording,
  startRecording,
} from '../core/recording/recordingReducer';
import type { PointsMoved } from '../core/recording/sectionRuns';
import type { RunId } from '../core/run/run';
import { createLogMasker } from '../core/secrets/logMasker';
import { maskText } from '../core/secrets/maskText';
import { splitText } from '../core/terminal/splitText';
import type { Accompaniment, Learned, Subject } from './companion';
import { cutAtByte } from './cutAtByte';
import { maskInTurns } from './maskInTurns';
import type { ConfigFile } from './projectReader';
import type { ActiveRun, OutputPlace, RecordingStart, RunRecorderPorts } from './recordingStart';
import type { Stopper } from './stopper';

/** What one step reads, in UTF-16 units: about two thousand points. */
const maxStepLength = 128 * 1024;
/** What may wait to be read while the store cannot write, in UTF-16 units. */
const maxUnreadLength = 16 * 1024 * 1024;
const leftOutLine =
  '\r\n[Epochlog left out output here, as it came while the store could not be written]\r\n';
/** What may wait to be logged before the oldest of it is let go, in UTF-16 units. */
const maxUnloggedLength = 16 * 1024 * 1024;
/** Points that wait for a store that cannot be written are let go beyond so many changes. */
const maxUnsavedChanges = 5_000;

const unrecorded = { readBytes: 0, loggedBytes: 0 };
const nothing: Extraction = { metrics: [], live: [], params: [], artifacts: [] };

/** Output that waits to be read. */
interface Unread {
  readonly text: string;
  /** Of its end. */
  readonly place: OutputPlace | undefined;
}
const isMove = ({ kind }: RecordingChange): boolean => kind === 'pointsMoved';

/** Takes text in and carries out what the reducer decides, one step after the other. */
export class ActiveRecording {
  readonly runId: RunId;
  private recording: Recording;
  private readonly unread: Unread[] = [];
  private unreadLength = 0;
  /** Whether what comes is left out: all that finds no room, and the rest of its last line. */
  private leavesOut = false;
  /** What the log gets, without the secrets in it. */
  private readonly masker = createLogMasker();
  private readonly unlogged: string[] = [];
  private unloggedLength = 0;
  /** What the store has not taken yet: it is tried again with what comes next. */
  private unsaved: readonly RecordingChange[] = [];
  private codeState: Promise<void> = Promise.resolve();
  /** Its configuration files, as they were when it began. */
  private configs: readonly ConfigFile[] = [];
  private ending: Promise<boolean> | undefined;
  private leaving: Promise<void> | undefined;
  private isRun = false;
  /** The first half of a character that a chunk cut in two. */
  private carried = '';
  private turn: Promise<void>;
  private draining = false;
  private hasAdvised = false;
  private readonly companions: readonly Accompaniment[];
  /** What companions record before it is a run. */
  private early: Change[] = [];

  constructor(
    private readonly start: RecordingStart,
    private readonly ports: RunRecorderPorts,
    private readonly changed: () => void,
  ) {
    const { lasting } = start;
    const before = lasting?.progress.run;
    // SAFETY: a random UUID is what a RunId is.
    this.runId = lasting?.runId ?? (randomUUID() as RunId);
    this.isRun = before !== undefined;
    this.recording = before
      ? continueRecording(before, randomUUID())
      : startRecording(
          this.runId,
          start.source,
          lasting?.startedAtMs ?? this.clock(),
          start.params,
        );
    this.turn = ports.extraction
      .open(this.runId, start.command, ports.patterns?.())
      .catch((error) => ports.onError('Reading the output', error));
    this.companions = (ports.companions ?? []).flatMap(
      (companion) => this.guarded(() => companion.accompany(this.subject())) ?? [],
    );
    if (before) {
      void this.accompany((each) => each.becameRun?.());
      return;
    }
    if (start.paramsInput) this.inTurn(() => this.readParams(start.paramsInput));
    void start.isTraining
      .then((isTraining) => {
        if (isTraining) this.inTurn(() => this.step({ kind: 'isTraining' }));
      })
      .catch((error) => ports.onError('Looking at the script', error));
  }

  /** Before anything of its output, as what a program prints of its params counts more. */
  private async readParams(asking: RecordingStart['paramsInput']): Promise<void> {
    const input = await asking;
    if (input === undefined) return;
    const { params, files, problems } = await this.ports.extraction.readParams(input);
    this.configs = files;
    this.tellLearned({ params, printedPaths: [] });
    for (const problem of problems) {
      this.ports.onError('Reading the configuration of a run', new Error(problem));
    }
    await this.step({ kind: 'paramsRead', params });
  }

  private subject(): Subject {
    const { source, folder, scriptPath, args, notebook, processId } = this.start;
    return {
      runId: this.runId,
      source,
      startedAtMs: this.recording.startedAtMs,
      folder,
      scriptPath,
      args: args ?? [],
      notebook,
      processId: processId ?? Promise.resolve(undefined),
      report: (extraction) => {
        const atMs = this.ports.now();
        void this.inTurn(() => this.step({ kind: 'reported', atMs, extraction }));
      },
      record: (changes) =>
        this.inTurn(async () => {
          if (this.recording.phase === 'tentative') this.early.push(...changes);
          else if (this.isRun) await this.save(changes);
        }),
    };
  }

  private guarded<T>(action: () => T): T | undefined {
    try {
      return action();
    } catch (error) {
      this.ports.onError('Accompanying a run', error);
      return undefined;
    }
  }

  private accompany(action: (each: Accompaniment) => Promise<void> | void): Promise<unknown> {
    const told = (error: unknown) => this.ports.onError('Accompanying a run', error);
    return Promise.all(
      this.companions.map(async (each) => {
        await Promise.resolve(this.guarded(() => action(each))).catch(told);
      }),
    );
  }

  private clock(): number {
    return this.start.clock?.() ?? this.ports.now();
  }

  private tellLearned(learned: Learned): void {
    void this.accompany((each) => each.learned?.(learned));
  }

  get stopper(): Stopper | undefined {
    return this.start.stopper;
  }

  asActiveRun(): ActiveRun | undefined {
    if (this.recording.phase !== 'recording') return undefined;
    const { runId, source, startedAtMs, live } = this.recording;
    return { runId, source, startedAtMs, live };
  }

  /** Whether it is to be left to another window where this one closes. */
  get isLasting(): boolean {
    return this.start.lasting !== undefined;
  }

  settled(): Promise<void> {
    return this.inTurn(async () => undefined);
  }

  push(text: string, place?: OutputPlace): void {
    if (this.recording.phase === 'ended') return;
    const whole = this.carried + text;
    const cut = /[\uD800-\uDBFF]$/.test(whole) ? whole.length - 1 : whole.length;
    this.carried = whole.slice(cut);
    if (cut === 0) return;
    if (!this.takeUnread(whole.slice(0, cut), place)) return;
    // What comes while a step is under way is taken together by the next one.
    if (this.draining) return;
    this.draining = true;
    this.inTurn(async () => {
      this.draining = false;
      await this.readUnread();
    });
  }

  /** @returns false if nothing of it is kept. */
  private takeUnread(text: string, place: OutputPlace | undefined): boolean {
    let kept = text;
    if (this.unreadLength + text.length > maxUnreadLength) this.leavesOut = true;
    if (this.leavesOut) {
      // In the middle of a line nobody would know what is a secret.
      const hasRoom = this.unreadLength + text.length <= maxUnreadLength / 2;
      const lineEnd = hasRoom ? text.indexOf('\n') : -1;
      if (lineEnd === -1) return false;
      kept = leftOutLine + text.slice(lineEnd + 1);
      this.leavesOut = false;
    }
    // The place of a text is that of its end alone, so a text that has one stays whole.
    const parts = place ? [kept] : splitText(kept, maxStepLength);
    for (const part of parts) this.unread.push({ text: part, place });
    this.unreadLength += kept.length;
    return true;
  }

  /** The first end counts, as a terminal can be closed while the window closes. */
  end(outcome: Outcome, endedAtMs: number = this.clock()): Promise<boolean> {
    this.ending ??= this.leaving?.then(() => true) ?? this.finish(outcome, endedAtMs);
    return this.ending;
  }

  leave(): Promise<void> {
    this.leaving ??= this.ending?.then(() => undefined) ?? this.goOnElsewhere();
    return this.leaving;
  }

  private async goOnElsewhere(): Promise<void> {
    await this.inTurn(() => this.readUnread());
    await this.accompany((each) => each.ended?.({ kind: 'lost' }));
    await this.inTurn(async () => {
      await this.step({ kind: 'left' });
      await this.ports.extraction.end(this.runId);
    });
    await this.codeState;
  }

  private async finish(outcome: Outcome, endedAtMs: number): Promise<boolean> {
    await this.start
      .lastOutput?.()
      .catch((error) => this.ports.onError('Reading the output', error));
    // A short command can be over before its script was looked at; a window that closes cannot wait.
    if (outcome.kind !== 'lost') await this.start.isTraining.catch(() => false);
    await this.inTurn(async () => {
      await this.readUnread();
      const rest = this.leavesOut ? this.masker.push(leftOutLine) : '';
      this.keepForLog(rest + this.masker.end());
      await this.readExtraction(endedAtMs, this.ports.extraction.end(this.runId));
    });
    await this.accompany((each) => each.ended?.(outcome));
    await this.inTurn(() => this.step({ kind: 'ended', atMs: endedAtMs, outcome }));
    await this.codeState;
    return this.isRun;
  }

  /** In steps, as what one brings is held in memory and others wait for their turn. */
  private async readUnread(): Promise<void> {
    while (this.unread.length > 0) {
      const { text, place } = this.nextUnread();
      if (place) {
        await this.readPlaced(text, place);
        continue;
      }
      const atMs = this.clock();
      this.keepForLog(await maskInTurns(this.masker, text));
      await this.readExtraction(atMs, this.ports.extraction.push(this.runId, text));
    }
  }

  /** What one step reads, with the place of its end. */
  private nextUnread(): Unread {
    let count = 0;
    let length = 0;
    do {
      length += this.unread[count]?.text.length ?? 0;
      count++;
    } while (count < this.unread.length && length < maxStepLength);
    const taken = this.unread.splice(0, count);
    this.unreadLength -= length;
    return { text: taken.map(({ text }) => text).join(''), place: taken.at(-1)?.place };
  }

  /** What is recorded by now is only read, so that what follows is understood. */
  private async readPlaced(text: string, { endByte, atMs }: OutputPlace): Promise<void> {
    const { readBytes, loggedBytes } = this.start.lasting?.progress ?? unrecorded;
    this.keepForLog(cutAtByte(text, endByte, loggedBytes)[1]);
    const [known, fresh] = cutAtByte(text, endByte, readBytes);
    if (known !== '') {
      const extraction = await this.ports.extraction.push(this.runId, known);
      await this.step({ kind: 'recalled', extraction });
    }
    if (fresh === '') {
      await this.writeLog();
      return;
    }
    const extracting = this.ports.extraction.push(this.runId, fresh);
    await this.readExtraction(atMs, extracting, [
      { kind: 'outputRead', runId: this.runId, endByte },
    ]);
  }

  /** Output that cannot be understood is kept all the same. */
  private async readExtraction(
    atMs: number,
    extracting: Promise<Extraction>,
    withWhatIsFound: readonly Change[] = [],
  ): Promise<void> {
    const extraction = await extracting.catch((error) => {
      this.ports.onError('Reading the output', error);
      return nothing;
    });
    this.advise(extraction.problems ?? []);
    const { params, artifacts } = extraction;
    if (params.length + artifacts.length > 0) {
      this.tellLearned({ params, printedPaths: artifacts });
    }
    await this.step({ kind: 'extracted', atMs, extraction }, withWhatIsFound);
  }

  /** Once a run: a program that gets one line wrong gets all wrong. */
  private advise([problem]: readonly string[]): void {
    if (problem === undefined || this.hasAdvised) return;
    this.hasAdvised = true;
    const command = this.start.command ?? 'a notebook cell';
    this.ports.onAdvice?.(
      `A line of ${command} cannot be understood: ${maskText(problem).text}. Others like it are not reported.`,
    );
  }

  private async step(event: RecordingEvent, withChanges: readonly Change[] = []): Promise<void> {
    const before = this.recording;
    const step = reduceRecording(before, event);
    const { recording } = step;
    const changes = step.changes.length > 0 ? [...step.changes, ...withChanges] : [];
    this.recording = recording;
    if (before.phase === 'tentative' && recording.phase === 'recording') {
      this.isRun = true;
      this.codeState = Promise.all([this.recordCodeState(), this.recordConfigs()]).then(() => {});
      void this.accompany((each) => each.becameRun?.());
    }
    try {
      await this.save(this.isRun ? [...changes, ...this.early.splice(0)] : changes);
      if (before.phase === 'recording' || recording.phase === 'recording') await this.writeLog();
    } finally {
      if (recording.phase !== before.phase || recording.live !== before.live) this.changed();
    }
  }

  private async save(changes: readonly RecordingChange[]): Promise<void> {
    const isFull = this.unsaved.length > maxUnsavedChanges;
    this.unsaved = [
      ...this.unsaved,
      ...(isFull ? changes.filter(({ kind }) => kind !== 'pointsAppended') : changes),
    ];
    for (let to = this.unsaved.findIndex(isMove); to !== -1; to = this.unsaved.findIndex(isMove)) {
      // What came before is to be there when the points are read.
      await this.commit(to);
      const [move, ...rest] = this.unsaved;
      if (move?.kind === 'pointsMoved') this.unsaved = [...(await this.move(move)), ...rest];
    }
    await this.commit(this.unsaved.length);
  }

  /** Commits the first of what is not saved. */
  private async commit(count: number): Promise<void> {
    // SAFETY: `count` reaches up to the first move.
    const changes = this.unsaved.slice(0, count) as readonly Change[];
    if (changes.length === 0) return;
    await this.ports.store.commit(changes);
    this.unsaved = this.unsaved.slice(count);
  }

  private async move(move: PointsMoved): Promise<readonly Change[]> {
    const { store } = this.ports;
    const stored = move.series.map(({ key }) => store.readSeries(move.from, key));
    return movePoints(move, await Promise.all(stored));
  }

  private keepForLog(text: string): void {
    if (!this.start.keepLog || text === '') return;
    this.unlogged.push(text);
    this.unloggedLength += text.length;
    while (this.unloggedLength > maxUnloggedLength && this.unlogged.length > 1) {
      this.unloggedLength -= this.unlogged.shift()?.length ?? 0;
    }
  }

  private async writeLog(): Promise<void> {
    const text = this.unlogged.join('');
    if (text === '') return;
    await this.ports.store.appendLog(this.runId, new TextEncoder().encode(text));
    this.unlogged.length = 0;
    this.unloggedLength = 0;
  }

  private async recordCodeState(): Promise<void> {
    try {
      const codeState = await this.start.codeState();
      if (!codeState) return;
      const change: Change = { kind: 'codeStateRecorded', runId: this.runId, codeState };
      // By itself: one whose content has gone is refused for ever, and the run goes on without it.
      await this.inTurn(() => this.ports.store.commit([change]));
    } catch (error) {
      this.ports.onError('Recording the code of a run', error);
    }
  }

  private async recordConfigs(): Promise<void> {
    if (this.configs.length === 0) return;
    try {
      const files = await this.start.keepConfigs?.(this.configs);
      this.configs = [];
      if (files === undefined) return;
      const change: Change = { kind: 'filesRecorded', runId: this.runId, files };
      await this.inTurn(() => this.ports.store.commit([change]));
    } catch (error) {
      this.ports.onError('Keeping the configuration of a run', error);
    }
  }

  /** One thing at a time, in order; a failure is told and the next thing goes on. */
  private inTurn(action: () => Promise<void>): Promise<void> {
    this.turn = this.turn.then(action).catch((error) => {
      this.ports.onError('Recording a run', error);
    });
    return this.turn;
  }
}
