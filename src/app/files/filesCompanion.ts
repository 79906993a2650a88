import { readFile } from 'node:fs/promises';
import { parseCommand } from '../../core/command/parseCommand';
import type { Extraction } from '../../core/extract/extraction';
import type { Outcome } from '../../core/recording/recordingReducer';
import type { Remote } from '../../core/rpc';
import type { Store } from '../../store/store';
import type { Workspace } from '../commandRecorder';
import type { Accompaniment, Companion, Learned, Subject } from '../companion';
import type { FilesNews, FilesService, WatchRequest } from './filesService';
import type { SeenFile } from './writtenFiles';

export interface FilesCompanionPorts {
  readonly service: Remote<FilesService>;
  readonly store: Pick<Store, 'putBlobIfRoom'>;
  readonly workspace: Pick<Workspace, 'rootPath' | 'toWorkspacePath'>;
  /** Where the record is kept. */
  readonly storeFolder: string;
  readonly onNote: (note: string) => void;
  readonly onError: (what: string, error: unknown) => void;
}

/** A command that is over by then, as nearly all are, costs nothing. */
const firstLookMs = 1_000;
const maxWaitMs = 10_000;
/** The end of a run is not held up for longer. */
const maxEndMs = 15_000;
const maxLostMs = 1_500;

/**
 * Records the files that runs read and write, and what the metric logs among them say, while they run.
 *
 * Whose a file is: a command's if one of its processes has it open or left its id in the name (on
 * Linux); else if its arguments, params, source or output name it or its folder; else, of a command
 * that is a run by other evidence, if it lies in the folder that it runs in and no other run claims
 * that as well. Only the first two make a run of a command that was none, so that `ls` beside a
 * training never becomes one; and two trainings in one folder get only what is certainly theirs.
 */
export function createFilesCompanion(ports: FilesCompanionPorts): Companion {
  return {
    accompany(subject) {
      const { source, folder } = subject;
      // Of an attached log nobody knows when and where it came about.
      if (folder === undefined || source.kind === 'logFile') return undefined;
      return new FilesAccompaniment(subject, folder, ports);
    },
  };
}

class FilesAccompaniment implements Accompaniment {
  private readonly mayTrain: boolean;
  private readonly timer: NodeJS.Timeout;
  private watching: Promise<void> | undefined;
  private looking: Promise<void> = Promise.resolve();
  private wake: (() => void) | undefined;
  private isOver = false;
  private isRun = false;
  /** What became known before anybody watched. */
  private readonly early: Learned[] = [];

  constructor(
    private readonly subject: Subject,
    private readonly folder: string,
    private readonly ports: FilesCompanionPorts,
  ) {
    const { source } = subject;
    this.mayTrain = source.kind === 'notebook' || parseCommand(source.commandLine).kind !== 'other';
    this.timer = setTimeout(() => this.begin(), firstLookMs);
    this.timer.unref();
  }

  becameRun(): void {
    this.isRun = true;
    this.begin();
    this.quietly(async () => {
      await this.watching;
      await this.ports.service.becameRun(this.subject.runId);
      await this.recordFiles(await this.ports.service.readInputs(this.subject.runId));
    });
  }

  learned(learned: Learned): void {
    if (this.watching === undefined) this.early.push(learned);
    else {
      this.quietly(async () => {
        await this.watching;
        await this.ports.service.learn(this.subject.runId, learned);
      });
    }
  }

  async ended(outcome: Outcome): Promise<void> {
    this.isOver = true;
    clearTimeout(this.timer);
    this.wake?.();
    // A short cell or command that is no run could only be looked at in vain, but for a program
    // whose arguments name what it writes.
    const isWorthIt = this.isRun || this.subject.scriptPath !== undefined;
    if (this.watching === undefined && !isWorthIt) return;
    const limitMs = outcome.kind === 'lost' ? maxLostMs : maxEndMs;
    await Promise.race([this.finish(), after(limitMs)]);
  }

  private begin(): void {
    if (this.watching !== undefined || this.isOver) return;
    this.watching = this.watch();
    this.looking = this.watching.then(() => this.lookAgain());
    this.looking.catch((error) => this.ports.onError('Looking at the files of a run', error));
  }

  private async watch(): Promise<void> {
    const { runId, startedAtMs, scriptPath, args, notebook, processId } = this.subject;
    const { service, workspace, storeFolder } = this.ports;
    const request: WatchRequest = {
      ...{ runId, startedAtMs, scriptPath, args, storeFolder },
      folder: this.folder,
      workspaceFolder: workspace.rootPath,
      notebookSources: notebook?.sources,
      processId: await Promise.race([processId, after(firstLookMs)]),
      mayTrain: this.mayTrain,
    };
    await service.watch(request);
    for (const each of this.early.splice(0)) await service.learn(runId, each);
  }

  private async lookAgain(): Promise<void> {
    let waitMs = firstLookMs;
    while (!this.isOver) {
      const news = await this.ports.service.look(this.subject.runId);
      const isNews = await this.report(news);
      if (news.hasMore) continue;
      waitMs = isNews ? firstLookMs : Math.min(waitMs * 1.5, maxWaitMs);
      await this.rest(waitMs);
    }
  }

  private rest(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      timer.unref();
      this.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  /** @returns whether there was any. */
  private async report({ metrics, params, files, notes }: FilesNews): Promise<boolean> {
    for (const note of notes) this.ports.onNote(note);
    const extraction: Extraction = { metrics, params, live: [], artifacts: [] };
    if (metrics.length + params.length > 0) this.subject.report(extraction);
    await this.recordFiles(files);
    return metrics.length + params.length + files.length > 0;
  }

  private async finish(): Promise<void> {
    const { service } = this.ports;
    const { runId } = this.subject;
    try {
      if (this.watching === undefined) {
        this.watching = this.watch();
        await this.watching;
      }
      await this.looking.catch(() => undefined);
      await this.report(await service.finish(runId));
    } catch (error) {
      this.ports.onError('Reading the files of a run', error);
    }
    // Their hashes may take long, and the run is over.
    this.quietly(async () => {
      // What it reported last may have made it a run.
      await this.subject.record([]);
      if (!this.isRun) {
        await service.forget(runId);
        return;
      }
      const files = await service.hashFiles(runId);
      await this.recordFiles(files);
      const kept = new Set(await service.chooseKept(files));
      await this.keepFiles(files.filter(({ path }) => kept.has(path)));
    });
  }

  /** One by one, so that no more than one is in memory. */
  private async keepFiles(files: readonly SeenFile[]): Promise<void> {
    const kept: SeenFile[] = [];
    for (const file of files) {
      const bytes = await readFile(file.path).catch(() => undefined);
      const blob = bytes && (await this.ports.store.putBlobIfRoom(bytes));
      // Another run may have written it since it was hashed.
      if (blob?.isKept && blob.hash === file.hash) kept.push(file);
    }
    await this.recordFiles(kept, true);
  }

  private async recordFiles(files: readonly SeenFile[], isKept = false): Promise<void> {
    if (files.length === 0) return;
    const { runId } = this.subject;
    await this.subject.record([
      {
        kind: 'filesRecorded',
        runId,
        files: files.map((file) => ({ ...file, path: this.shown(file.path), isKept })),
      },
    ]);
  }

  /** A folder keeps the `/` that tells it from a file. */
  private shown(path: string): string {
    const isFolder = /[/\\]$/.test(path);
    const shown = this.ports.workspace.toWorkspacePath(isFolder ? path.slice(0, -1) : path);
    return isFolder ? `${shown}/` : shown;
  }

  private quietly(action: () => Promise<unknown>): void {
    action().catch((error) => this.ports.onError('Recording the files of a run', error));
  }
}

function after(ms: number): Promise<undefined> {
  return new Promise((resolve) => {
    setTimeout(() => resolve(undefined), ms).unref();
  });
}
