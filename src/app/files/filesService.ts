import { hostname } from 'node:os';
import { chooseOwner } from '../../core/files/chooseOwner';
import { eventFileWriter } from '../../core/files/eventFileWriter';
import type { RunId } from '../../core/run/run';
import type { Learned } from '../companion';
import { chooseKept } from '../media/chooseKept';
import { FileHashes } from './fileHashes';
import type { WalkBudget, WrittenFile } from './folderWalk';
import {
  describeInput,
  type FoundInput,
  findInputs,
  type InputHints,
  pathsInHints,
  pathsInSource,
} from './inputFiles';
import { canSeeProcesses, isAlive } from './processFiles';
import type { MetricNews } from './runMetrics';
import { WatchedRun } from './watchedRun';
import type { SeenFile } from './writtenFiles';

/** A command or cell whose files are to be found. */
export interface WatchRequest extends InputHints {
  readonly runId: RunId;
  readonly startedAtMs: number;
  readonly workspaceFolder: string | undefined;
  /** Where the record is kept, which no run writes. */
  readonly storeFolder: string | undefined;
  /** Of the shell or the program; undefined where nobody knows. */
  readonly processId: number | undefined;
  /** Whether it is a program that could be a training, so that it may have files before it is a run. */
  readonly mayTrain: boolean;
}

export interface FilesNews extends MetricNews {
  /** Files that it wrote, where something changed. */
  readonly files: readonly SeenFile[];
}

/** Finds and reads the files of commands and cells while they run; the other side of a worker. */
export interface FilesService {
  watch(request: WatchRequest): void;
  learn(runId: RunId, learned: Learned): void;
  /** It is known to be a run. */
  becameRun(runId: RunId): void;
  /** Looks once more, for a moment. */
  look(runId: RunId): FilesNews;
  /** Looks for the last time and reads all to the end. */
  finish(runId: RunId): FilesNews;
  /** The files that it names and reads, with hashes; large ones only once it is over. */
  readInputs(runId: RunId): Promise<readonly SeenFile[]>;
  /** What it wrote and read, with the hashes that were not given by now; forgets it. */
  hashFiles(runId: RunId): Promise<readonly SeenFile[]>;
  /** Which of these are to be kept whole, by their paths: what can be looked at, and is small. */
  chooseKept(files: readonly SeenFile[]): Promise<readonly string[]>;
  forget(runId: RunId): void;
}

/** One look of many: short, so that the others are not kept waiting. */
const lookMs = 60;
const lookEntries = 4_000;
const lookBytes = 8 * 1024 * 1024;
/** The last look, which the end of the run waits for. */
const lastLookMs = 500;
const lastLookEntries = 100_000;
const lastReadMs = 5_000;
/** Of what a run wrote, no more is read again for its hashes. */
const maxHashedBytes = 50 * 1024 ** 3;

const maxOwned = 20_000;

interface Watched {
  readonly run: WatchedRun;
  readonly params: Learned['params'][number][];
  inputs: readonly FoundInput[];
}

/**
 * @param cachePath where hashes are kept for later sessions; undefined: nowhere.
 */
export function createFilesService(cachePath: string | undefined): FilesService {
  const watched = new Map<RunId, Watched>();
  const hashes = new FileHashes(cachePath);
  /** When each file was written that was found to be somebody's. */
  const owned = new Map<string, number>();

  const get = (runId: RunId): Watched => {
    const found = watched.get(runId);
    if (found === undefined) throw new Error(`Nothing is watched as ${runId}`);
    return found;
  };
  const active = () => [...watched.values()].flatMap(({ run }) => (run.isOver ? [] : [run]));
  /** Runs that are over, as long as one goes on that ran beside them: what they wrote is not its own. */
  let past: readonly WatchedRun[] = [];

  function lookAt(run: WatchedRun, budget: WalkBudget): void {
    for (const each of active()) each.lookAtProcesses();
    for (const file of run.look(budget)) decide(file, run);
  }

  function decide(file: WrittenFile, finder: WatchedRun): void {
    const { path, stats } = file;
    if (owned.get(path) === stats.mtimeMs) return;
    const writer = eventFileWriter(path);
    const writerId =
      canSeeProcesses && writer?.hostName === hostname() && isAlive(writer.processId)
        ? writer.processId
        : undefined;
    const claims = [...active(), ...past].flatMap((run) => {
      // A process that is seen and is none of its own has written it.
      const isOthers = writerId !== undefined && run.knowsProcesses && !run.hasProcess(writerId);
      const claim = run.ranAt(stats.mtimeMs) && !isOthers ? run.claim(path) : undefined;
      return claim ?? [];
    });
    const best = chooseOwner(claims);
    const isKnown = best?.owner.isRun === true || best?.evidence !== 'place';
    if (best === undefined || !isKnown) {
      // A second training that has just begun may show whose it is.
      if (claims.length > 0) finder.undecided.set(path, file);
      return;
    }
    if (best.owner.isOver) return;
    if (owned.size >= maxOwned) owned.clear();
    owned.set(path, stats.mtimeMs);
    best.owner.take(file, best);
  }

  async function withHashes(files: readonly SeenFile[]): Promise<readonly SeenFile[]> {
    const done: SeenFile[] = [];
    let left = maxHashedBytes;
    for (const file of files.toSorted((a, b) => a.sizeBytes - b.sizeBytes)) {
      left -= file.sizeBytes;
      const hash = left > 0 ? await hashes.hash(file.path, file) : undefined;
      if (hash !== undefined) done.push({ ...file, hash });
    }
    return done;
  }

  async function describeInputs({ inputs, run }: Watched): Promise<readonly SeenFile[]> {
    const described: SeenFile[] = [];
    for (const input of inputs) {
      const file = await describeInput(input, hashes, run.isOver).catch(() => undefined);
      if (file !== undefined) described.push(file);
    }
    return described;
  }

  return {
    watch(request) {
      const run = new WatchedRun(request);
      watched.set(request.runId, { run, params: [], inputs: [] });
      run.name([...pathsInSource(request), ...pathsInHints(request, [])]);
    },
    becameRun(runId) {
      get(runId).run.isRun = true;
    },
    learn(runId, { params, printedPaths }) {
      const { run, params: known } = get(runId);
      known.push(...params);
      run.name(pathsInHints({ ...run.request, args: [] }, params));
      run.name(printedPaths.map((path) => ({ path, use: 'write' })));
    },
    look(runId) {
      const { run } = get(runId);
      lookAt(run, { untilMs: performance.now() + lookMs, entries: lookEntries });
      return { ...run.metrics.read(lookBytes, false), files: run.written.takeRested(Date.now()) };
    },
    finish(runId) {
      const { run } = get(runId);
      const ms = run.isRun ? lastLookMs : lookMs;
      const entries = run.isRun ? lastLookEntries : lookEntries;
      lookAt(run, { untilMs: performance.now() + ms, entries });
      const readings: MetricNews[] = [];
      const untilMs = performance.now() + lastReadMs;
      do readings.push(run.metrics.read(lookBytes, true));
      while (readings.at(-1)?.hasMore && performance.now() < untilMs);
      run.overAtMs = Date.now();
      const isBesides = (each: WatchedRun) =>
        active().some(({ sinceMs }) => sinceMs < (each.overAtMs ?? 0));
      past = [...past, run].filter(isBesides);
      return {
        metrics: readings.flatMap(({ metrics }) => metrics),
        params: readings.flatMap(({ params }) => params),
        notes: [...readings.flatMap(({ notes }) => notes), ...run.notes()],
        hasMore: readings.at(-1)?.hasMore === true,
        files: run.written.takeAll(),
      };
    },
    readInputs(runId) {
      const found = get(runId);
      const { request } = found.run;
      found.inputs = findInputs(
        [...pathsInSource(request), ...pathsInHints(request, found.params)],
        request,
        (path) => found.run.wrote(path),
      );
      return describeInputs(found);
    },
    async hashFiles(runId) {
      const found = get(runId);
      watched.delete(runId);
      const inputs = (await describeInputs(found)).filter(({ hash }) => hash !== undefined);
      return [...inputs, ...(await withHashes(found.run.written.takeAll()))];
    },
    chooseKept,
    forget: (runId) => void watched.delete(runId),
  };
}
