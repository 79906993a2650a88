import { existsSync, statSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import type { Outcome } from '../../core/recording/recordingReducer';
import type { RunId } from '../../core/run/run';
import { nodeDisk } from '../../store/disk/disk';
import type { FolderLock } from '../../store/disk/folderLock';
import { mayBeAlive } from '../../store/disk/processLife';
import type { Store } from '../../store/store';
import type { CommandRecorder } from '../commandRecorder';
import { type FileTail, followFile } from '../fileTail';
import type { RecordingHandle } from '../recordingStart';
import { LaunchClock } from './launchClock';
import { beatMs, type LaunchPaths, type LaunchStart, readEnd } from './launchFolder';
import { launchStopper } from './launchStopper';
import { readLeader } from './runProgram';

export interface FollowPorts {
  readonly commands: CommandRecorder;
  readonly store: Store;
  readonly now: () => number;
  readonly onError: (what: string, error: unknown) => void;
  /** Presses Ctrl+C in the terminal whose process has this id; false if there is none here. */
  readonly pressCtrlC: (processId: number) => Promise<boolean>;
}

/** How often it is looked whether the program has ended. */
const lookMs = 300;
/** A launcher that did not touch its `beat` for so long is gone, … */
const silentMs = 12 * beatMs;
/** … if so many looks say so: after a sleep of the machine it may wake up second. */
const silentLooks = 30;

/** Records one program that was started with Epochlog, from where the last window stood to its end. */
export class FollowedLaunch {
  private isClosed = false;
  private silence = 0;
  private readonly timers: NodeJS.Timeout[] = [];

  private constructor(
    private readonly paths: LaunchPaths,
    private readonly start: LaunchStart,
    private readonly lock: FolderLock,
    private readonly handle: RecordingHandle,
    private readonly tail: FileTail,
    private readonly ports: FollowPorts,
    private readonly done: () => void,
  ) {
    this.timers.push(
      setInterval(() => this.keepLock(), beatMs),
      setInterval(() => this.look(), lookMs),
    );
    for (const timer of this.timers) timer.unref();
  }

  /**
   * @param lock of this launch, which it lets go of.
   * @returns undefined if it is all recorded; its folder is gone then.
   */
  static async open(
    runId: RunId,
    paths: LaunchPaths,
    start: LaunchStart,
    lock: FolderLock,
    ports: FollowPorts,
    done: () => void,
  ): Promise<FollowedLaunch | undefined> {
    const progress = await ports.store.readProgress(runId);
    const isOver = progress.run && !['running', 'interrupted'].includes(progress.run.status);
    const handle = isOver
      ? undefined
      : ports.commands.start(start.commandLine, start.cwd, {
          kind: 'launch',
          isWanted: true,
          lasting: { runId, startedAtMs: start.startedAtMs, progress },
          processId: findProgram(paths, start),
          stopper: launchStopper(paths, start, ports.pressCtrlC),
        });
    if (!handle) {
      await removeFolder(paths);
      return undefined;
    }
    const clock = new LaunchClock(paths.clock);
    const tail = followFile({
      path: paths.output,
      encoding: 'utf-8',
      onText: async (text, { nextByte }) => {
        await clock.update();
        for (const part of clock.partsOf(text, nextByte)) {
          handle.push(part.text, part.place);
          // The file waits, so that nothing has to be held in memory or left out.
          await handle.settled();
        }
      },
      onError: (error) => ports.onError('Reading what a program printed', error),
    });
    return new FollowedLaunch(paths, start, lock, handle, tail, ports, done);
  }

  /** Leaves it to another window. */
  async leave(): Promise<void> {
    if (this.isClosed) return;
    this.close();
    await this.tail.cancel();
    await this.handle.leave();
    this.lock.release();
  }

  private look(): void {
    if (this.isClosed) return;
    const end = readEnd(this.paths.end);
    if (end) void this.finish({ kind: 'exited', exitCode: end.exitCode }, end.endedAtMs);
    else if (this.isLauncherGone()) void this.finish({ kind: 'lost' }, this.lastOutputAtMs());
  }

  private isLauncherGone(): boolean {
    const { beat, end } = this.paths;
    // It can have ended between the two looks.
    if (!mayBeAlive(this.start)) return !existsSync(end);
    const beatAtMs = statSync(beat, { throwIfNoEntry: false })?.mtimeMs ?? 0;
    this.silence = this.ports.now() - beatAtMs > silentMs ? this.silence + 1 : 0;
    return this.silence > silentLooks;
  }

  private lastOutputAtMs(): number {
    return (
      statSync(this.paths.output, { throwIfNoEntry: false })?.mtimeMs ?? this.start.startedAtMs
    );
  }

  private async finish(outcome: Outcome, endedAtMs: number): Promise<void> {
    this.close();
    try {
      await this.tail.stop();
      const wasRun = await this.handle.end(outcome, endedAtMs);
      // It is the only copy of the output until all of it is in the record.
      const { run } = await this.ports.store.readProgress(this.handle.runId);
      if (wasRun && run?.endedAtMs === undefined) this.lock.release();
      else await removeFolder(this.paths);
    } catch (error) {
      this.ports.onError('Recording the end of a run', error);
    } finally {
      this.done();
    }
  }

  private keepLock(): void {
    try {
      if (this.lock.isHeld()) nodeDisk.touch(this.paths.lock);
      // Another window took it over while this one slept: it goes on there.
      else void this.leave().finally(this.done);
    } catch (error) {
      this.ports.onError('Keeping a run', error);
    }
  }

  private close(): void {
    this.isClosed = true;
    for (const timer of this.timers) clearInterval(timer);
  }
}

async function removeFolder({ folder }: LaunchPaths): Promise<void> {
  await rm(folder, { recursive: true, force: true, maxRetries: 3 });
}

/** The program, not the launcher around it, if that can be told. */
async function findProgram(paths: LaunchPaths, start: LaunchStart): Promise<number> {
  for (let look = 0; look < 20; look++) {
    const leader = readLeader(paths.program);
    if (leader !== undefined) return leader;
    await delay(100, undefined, { ref: false });
  }
  return start.pid;
}
