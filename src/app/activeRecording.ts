import { randomUUID } from 'node:crypto';
import type { Change } from '../core/change/change';
import type { Extraction } from '../core/extract/extraction';
import {
  continueRecording,
  type Outcome,
  type Recording,
  type RecordingEvent,
  reduceRecording,
  startRecording,
} from '../core/recording/recordingReducer';
import type { RunId } from '../core/run/run';
import { createLogMasker } from '../core/secrets/logMasker';
import { maskText } from '../core/secrets/maskText';
import type { Accompaniment, Learned, Subject } from './companion';
import { cutAtByte } from './cutAtByte';
import { LogBuffer } from './logBuffer';
import { maskInTurns } from './maskInTurns';
import { leftOutLine, OutputQueue } from './outputQueue';
import type { ConfigFile } from './projectReader';
import type { ActiveRun, OutputPlace, RecordingStart, RunRecorderPorts } from './recordingStart';
import type { Stopper } from './stopper';
import { UnsavedChanges } from './unsavedChanges';

const unrecorded = { readBytes: 0, loggedBytes: 0 };
const nothing: Extraction = { metrics: [], live: [], params: [], artifacts: [] };

/** Takes text in and carries out what the reducer decides, one step after the other. */
export class ActiveRecording {
  readonly runId: RunId;
  private recording: Recording;
  private readonly output = new OutputQueue();
  /** What the log gets, without the secrets in it. */
  private readonly masker = createLogMasker();
  private readonly log = new LogBuffer();
  private readonly unsaved: UnsavedChanges;
  private codeState: Promise<void> = Promise.resolve();
  /** Its configuration files, as they were when it began. */
  private configs: readonly ConfigFile[] = [];
  private ending: Promise<boolean> | undefined;
  private leaving: Promise<void> | undefined;
  private isRun = false;
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
    this.unsaved = new UnsavedChanges(ports.store);
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
          else if (this.isRun) await this.unsaved.save(changes);
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
    if (!this.output.push(text, place)) return;
    // What comes while a step is under way is taken together by the next one.
    if (this.draining) return;
    this.draining = true;
    this.inTurn(async () => {
      this.draining = false;
      await this.readUnread();
    });
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
      const rest = this.output.leavesOut ? this.masker.push(leftOutLine) : '';
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
    for (let next = this.output.next(); next; next = this.output.next()) {
      const { text, place } = next;
      if (place) {
        await this.readPlaced(text, place);
        continue;
      }
      const atMs = this.clock();
      this.keepForLog(await maskInTurns(this.masker, text));
      await this.readExtraction(atMs, this.ports.extraction.push(this.runId, text));
    }
  }

  /** What is recorded by now is only read, so that what follows is understood. */
  private async readPlaced(text: string, { endByte, atMs }: OutputPlace): Promise<void> {
    const { readBytes, loggedBytes } = this.start.lasting?.progress ?? unrecorded;
    this.keepForLog(cutAtByte(text, endByte, loggedBytes)[1]);
    const [known, fresh] = cutAtByte(text, endByte, readBytes);
    if (known !== '') {
      const extraction = await this.ports.extraction.push(this.runId, known);
      await this.step({ kind: 'recalled', atMs, extraction });
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
      await this.unsaved.save(this.isRun ? [...changes, ...this.early.splice(0)] : changes);
      if (before.phase === 'recording' || recording.phase === 'recording') await this.writeLog();
    } finally {
      if (recording.phase !== before.phase || recording.live !== before.live) this.changed();
    }
  }

  private keepForLog(text: string): void {
    if (this.start.keepLog) this.log.add(text);
  }

  private writeLog(): Promise<void> {
    return this.log.flush((bytes) => this.ports.store.appendLog(this.runId, bytes));
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
