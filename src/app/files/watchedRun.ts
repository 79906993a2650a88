import { closeSync } from 'node:fs';
import { hostname } from 'node:os';
import { basename, dirname, sep } from 'node:path';
import type { Claim } from '../../core/files/chooseOwner';
import { eventFileWriter } from '../../core/files/eventFileWriter';
import { fileType, isProduct } from '../../core/files/fileType';
import type { PathLiteral } from '../../core/files/pathLiterals';
import { fileFormat } from '../../core/formats/fileFormat';
import type { WatchRequest } from './filesService';
import { createFolderWalk, type FolderWalk, type WalkBudget, type WrittenFile } from './folderWalk';
import { isFolder, isWithin, possiblePaths, realFolder } from './placePaths';
import { canSeeProcesses, filesBeingWritten, processesSince } from './processFiles';
import { openRegularFile } from './regularFile';
import { RunMetrics } from './runMetrics';
import { WrittenFiles } from './writtenFiles';

/** A file system can be a little behind the clock, and a terminal says late what it has started. */
const slackMs = { cell: 50, command: 500 };
const maxHotFolders = 60;
const maxNamed = 500;

/** Whether a file of this name may be a metric log or what a training gives. */
export function isOfInterest(path: string): boolean {
  return fileFormat(path) !== undefined || isProduct(fileType(path));
}

/** One command or cell whose files are looked for. */
export class WatchedRun {
  readonly metrics = new RunMetrics();
  readonly written = new WrittenFiles();
  readonly sinceMs: number;
  isRun = false;
  /** When it ended; what is written later is not its own. */
  overAtMs: number | undefined;
  /** What waits until it is known whose it is. */
  readonly undecided = new Map<string, WrittenFile>();
  private readonly walk: FolderWalk;
  /** Processes that were its own at any time. */
  private readonly processes = new Set<number>();
  private readonly openFiles = new Set<string>();
  /** Files and folders that it is said to write. */
  private readonly named = new Set<string>();
  /** Folders in which it wrote, the newest last. */
  private readonly hot = new Set<string>();
  private readonly realRoots: readonly (readonly [real: string, shown: string])[];

  constructor(readonly request: WatchRequest) {
    const slack = request.notebookSources === undefined ? slackMs.command : slackMs.cell;
    this.sinceMs = request.startedAtMs - slack;
    this.walk = createFolderWalk(
      this.sinceMs,
      (folder) => folder === request.storeFolder,
      isOfInterest,
    );
    const roots = [...new Set([request.folder, request.workspaceFolder ?? request.folder])];
    for (const root of roots) this.walk.addRoot(root);
    this.realRoots = roots.flatMap((root) => {
      const real = realFolder(root);
      return real === root ? [] : [[real, root] as const];
    });
  }

  /** Takes what a text says of paths: those it writes are looked at wherever they are. */
  name(paths: readonly PathLiteral[]): void {
    for (const { path, use } of paths) {
      if (use !== 'write' || this.named.size >= maxNamed) continue;
      for (const full of possiblePaths(path, this.request)) {
        // The folder that it runs in says no more than that it runs there.
        if (isWithin(this.request.folder, full)) continue;
        this.named.add(full);
      }
    }
  }

  /** Looks at its processes and its folders; gives what was written since its start. */
  look(budget: WalkBudget): readonly WrittenFile[] {
    const found = new Map<string, WrittenFile>(this.undecided);
    this.undecided.clear();
    const add = (files: readonly WrittenFile[]) => {
      for (const file of files) if (!this.isIgnored(file.path)) found.set(file.path, file);
    };
    for (const path of this.openFiles) add(statOf(path, this.sinceMs));
    for (const folder of this.hot) add(this.walk.lookInto(folder, budget));
    for (const path of [...this.named]) {
      if (isFolder(path)) this.addFolder(path);
      else add(statOf(path, this.sinceMs));
    }
    add(this.walk.next(budget));
    return [...found.values()];
  }

  /** What ties a file to it, if anything does. */
  claim(path: string): Claim<WatchedRun> | undefined {
    const claim = (evidence: Claim<WatchedRun>['evidence'], closeness: number) =>
      ({ owner: this, evidence, closeness }) as const;
    const writer = eventFileWriter(path);
    const isHere = writer?.hostName === hostname();
    if (this.openFiles.has(path) || (isHere && writer && this.processes.has(writer.processId))) {
      return claim('process', 0);
    }
    const closest = Math.max(
      0,
      ...[...this.named].filter((name) => isWithin(path, name)).map((name) => name.length),
    );
    if (closest > 0) return claim('named', closest);
    const { folder, workspaceFolder = folder, mayTrain } = this.request;
    // A command that is neither a run nor a program that could be one has no files.
    if (!this.isRun && !mayTrain) return undefined;
    const place = [folder, workspaceFolder].find((each) => isWithin(path, each));
    return place === undefined ? undefined : claim('place', place.length);
  }

  hasProcess(processId: number): boolean {
    return this.processes.has(processId);
  }

  wrote(path: string): boolean {
    return this.written.has(path) || this.named.has(path);
  }

  /** What was left out of its files, in words. */
  notes(): readonly string[] {
    const { leftOutCount } = this.written;
    return leftOutCount === 0 ? [] : [`${leftOutCount} more files that it wrote are not recorded.`];
  }

  /** Takes a file as its own. */
  take({ path, stats }: WrittenFile, { evidence }: Claim<WatchedRun>): void {
    const format = fileFormat(path);
    if (format !== undefined) this.metrics.add(path, format);
    this.written.add(path, stats.size, stats.mtimeMs);
    const folder = dirname(path);
    if (this.hot.size < maxHotFolders) this.hot.add(folder);
    // What lies beside a file of its process, in a folder that is not everybody's, is its own too.
    if (evidence === 'process' && !isWithin(this.request.folder, folder)) this.named.add(folder);
  }

  get isOver(): boolean {
    return this.overAtMs !== undefined;
  }

  /** Whether it ran when a file was written. */
  ranAt(modifiedAtMs: number): boolean {
    return (
      modifiedAtMs >= this.sinceMs && modifiedAtMs <= (this.overAtMs ?? Number.POSITIVE_INFINITY)
    );
  }

  get knowsProcesses(): boolean {
    return canSeeProcesses && this.request.processId !== undefined;
  }

  lookAtProcesses(): void {
    const { processId } = this.request;
    if (!canSeeProcesses || processId === undefined) return;
    for (const id of processesSince(processId, this.request.startedAtMs)) {
      this.processes.add(id);
      for (const path of filesBeingWritten(id, isOfInterest)) this.openFiles.add(this.shown(path));
    }
  }

  /** A folder that is reached by a link is looked at where it is, so that no file is found twice. */
  private addFolder(folder: string): void {
    const place = this.shown(realFolder(folder));
    if (isWithin(this.request.folder, place)) return;
    this.named.add(place);
    this.walk.addRoot(place);
  }

  /** A path as the user sees it, where the folder is reached by a link. */
  private shown(path: string): string {
    const root = this.realRoots.find(([real]) => isWithin(path, real));
    return root === undefined ? path : root[1] + path.slice(root[0].length);
  }

  private isIgnored(path: string): boolean {
    const { storeFolder } = this.request;
    return (
      (storeFolder !== undefined && isWithin(path, storeFolder)) ||
      path.includes(`${sep}.git${sep}`) ||
      basename(path).endsWith('.profile-empty')
    );
  }
}

function statOf(path: string, sinceMs: number): readonly WrittenFile[] {
  const opened = openRegularFile(path);
  if (opened === undefined) return [];
  closeSync(opened.descriptor);
  return opened.stats.mtimeMs >= sinceMs ? [{ path, stats: opened.stats }] : [];
}
