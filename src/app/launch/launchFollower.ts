import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { RunId } from '../../core/run/run';
import { nodeDisk } from '../../store/disk/disk';
import { tryLock } from '../../store/disk/folderLock';
import { FollowedLaunch, type FollowPorts } from './followLaunch';
import { launchPaths, readStart } from './launchFolder';

export interface LaunchFollowerOptions extends FollowPorts {
  /** Where the launches are; need not be there. */
  readonly folder: string;
  /** What lies in an untrusted workspace is not looked at. */
  readonly isTrusted: () => boolean;
}

/** Records what is started with Epochlog, whichever window started it, as long as no other does. */
export interface LaunchFollower {
  /** Looks often for a while, as something has just been started. */
  expect(): void;
  /** Leaves all to other windows. */
  close(): Promise<void>;
}

const lookMs = 5_000;
const expectingLookMs = 150;
const expectingMs = 15_000;
/** What was never started in this time will not be. */
const forgottenMs = 600_000;

export function createLaunchFollower(options: LaunchFollowerOptions): LaunchFollower {
  return new Follower(options);
}

class Follower implements LaunchFollower {
  /** Undefined while it is being opened, and where it could not be. */
  private readonly followed = new Map<string, FollowedLaunch | undefined>();
  private readonly failedAtMs = new Map<string, number>();
  private timer: NodeJS.Timeout | undefined;
  private expectingUntilMs = 0;
  private lastLookMs: number;
  private looking: Promise<void> = Promise.resolve();
  private isClosed = false;

  constructor(private readonly options: LaunchFollowerOptions) {
    this.lastLookMs = options.now();
    this.lookSoon(0);
  }

  expect(): void {
    this.expectingUntilMs = this.options.now() + expectingMs;
    this.lookSoon(0);
  }

  async close(): Promise<void> {
    this.isClosed = true;
    clearTimeout(this.timer);
    await this.looking;
    await Promise.all([...this.followed.values()].map((each) => each?.leave()));
  }

  private lookSoon(delayMs: number): void {
    if (this.isClosed) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.looking = this.looking
        .then(() => this.look())
        .finally(() => {
          const isExpecting = this.options.now() < this.expectingUntilMs;
          this.lookSoon(isExpecting ? expectingLookMs : lookMs);
        });
    }, delayMs);
    this.timer.unref();
  }

  private async look(): Promise<void> {
    const { folder, isTrusted, now, onError } = this.options;
    const hasSlept = now() - this.lastLookMs > 3 * lookMs;
    this.lastLookMs = now();
    // So that a window that slept too can say first that it records.
    if (this.isClosed || hasSlept || !isTrusted()) return;
    for (const name of await readdir(folder).catch(() => [])) {
      if (this.isClosed) return;
      if (this.followed.has(name) || !/^[\w-]{1,128}$/.test(name)) continue;
      if (now() - (this.failedAtMs.get(name) ?? Number.NEGATIVE_INFINITY) < 60_000) continue;
      await this.follow(name).catch((error) => {
        this.followed.delete(name);
        this.failedAtMs.set(name, now());
        onError('Going on with a run', error);
      });
    }
  }

  private async follow(name: string): Promise<void> {
    const { now } = this.options;
    const paths = launchPaths(join(this.options.folder, name));
    const start = readStart(paths.start);
    if (!start) {
      const folder = await stat(paths.folder).catch(() => undefined);
      if (folder && now() - folder.mtimeMs > forgottenMs) {
        await rm(paths.folder, { recursive: true, force: true });
      }
      return;
    }
    const lock = tryLock(nodeDisk, paths.lock, now());
    if (!lock) return;
    this.followed.set(name, undefined);
    try {
      // SAFETY: the folder is named by the id of its run.
      const runId = name as RunId;
      const done = () => this.followed.delete(name);
      const launch = await FollowedLaunch.open(runId, paths, start, lock, this.options, done);
      if (launch) this.followed.set(name, launch);
      else this.followed.delete(name);
    } catch (error) {
      lock.release();
      throw error;
    }
  }
}
