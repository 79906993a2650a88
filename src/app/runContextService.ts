import { setTimeout as delay } from 'node:timers/promises';
import type { Environment, RunId } from '../core/run/run';
import {
  type CodeEntry,
  type CodePlaces,
  type ImportedFile,
  readImportedFiles,
} from './code/readImportedFiles';
import { findCommandInterpreter } from './environment/commandInterpreter';
import { findKernelInterpreter } from './environment/findKernel';
import { readMachine } from './environment/readMachine';
import { PackageReader } from './environment/readPackages';
import { readPython } from './environment/readPython';
import { listLinuxProcesses } from './processes/linuxProcesses';
import { NvidiaSmi } from './processes/nvidiaSmi';
import type { ListProcesses } from './processes/processTable';
import { listPsProcesses } from './processes/psProcesses';
import { SystemSampler, type SystemValue } from './processes/systemSampler';
import { RunWatch, type WatchedRoot } from './runWatch';

/** What a run consists of and runs on, read off the disk and the machine; the other side of a worker. */
export interface RunContextService {
  /** Reads the modules that a run imports as they are now, and holds them until they are taken. */
  readCode(runId: RunId, entry: CodeEntry, places: CodePlaces): Promise<void>;
  /** Some of what `readCode` found, each once; empty when all is taken, or if it was not asked. */
  takeCode(runId: RunId): Promise<readonly ImportedFile[]>;
  /** Follows the processes of a run from now on. */
  watch(runId: RunId, root: WatchedRoot): void;
  /** What the run runs on. Waits a few seconds for a process of it to be seen. */
  readEnvironment(runId: RunId, named: NamedInterpreter): Promise<EnvironmentFacts>;
  /** What its processes use now; empty if there is nothing to be told. */
  sample(runId: RunId): Promise<readonly SystemValue[]>;
  /** It is over: what was not seen by now will not be. */
  stop(runId: RunId): void;
  /** Lets go of what is held for a run. */
  forget(runId: RunId): void;
}

/** What names the interpreter where no process of the run was seen. */
export interface NamedInterpreter {
  readonly commandLine?: string;
  /** Absolute path of the folder that it runs in. */
  readonly folder?: string;
  readonly kernelName?: string;
}

export interface EnvironmentFacts {
  readonly environment: Environment;
  /** What `environment.python.packages` is to be the hash of. */
  readonly packagesJson: string | undefined;
}

const seenWithinMs = 5000;

export function createRunContextService(): RunContextService {
  const code = new Map<RunId, Promise<ImportedFile[]>>();
  const watches = new Map<RunId, RunWatch>();
  const samplers = new Map<RunId, SystemSampler>();
  const packages = new PackageReader();
  const nvidia = new NvidiaSmi();
  const list = processLister();
  let machine: Promise<Environment> | undefined;

  async function findInterpreter(
    runId: RunId,
    { commandLine, folder, kernelName }: NamedInterpreter,
  ): Promise<string | undefined> {
    const seen = await Promise.race([
      watches.get(runId)?.interpreter,
      delay(seenWithinMs, undefined, { ref: false }),
    ]);
    if (seen !== undefined) return seen;
    if (commandLine !== undefined) return findCommandInterpreter(commandLine, folder);
    return kernelName === undefined ? undefined : findKernelInterpreter(kernelName);
  }

  return {
    async readCode(runId, entry, places) {
      const reading = readImportedFiles(entry, places);
      code.set(runId, reading);
      await reading;
    },
    async takeCode(runId) {
      return takeSome((await code.get(runId)) ?? []);
    },
    watch(runId, root) {
      const sinceMs = root.kind === 'process' ? root.startedAtMs : Date.now();
      samplers.set(runId, new SystemSampler(nvidia, sinceMs));
      if (list !== undefined) watches.set(runId, new RunWatch(root, list, process.pid));
    },
    async readEnvironment(runId, named) {
      machine ??= readMachine(nvidia);
      const executable = await findInterpreter(runId, named);
      const found = executable === undefined ? undefined : await readPython(executable, packages);
      return {
        environment: { ...(await machine), ...(found && { python: found.python }) },
        packagesJson: found?.packagesJson,
      };
    },
    async sample(runId) {
      const processes = (await watches.get(runId)?.processes()) ?? [];
      return (await samplers.get(runId)?.sample(processes, Date.now())) ?? [];
    },
    stop(runId) {
      watches.get(runId)?.stop();
    },
    forget(runId) {
      watches.get(runId)?.stop();
      code.delete(runId);
      watches.delete(runId);
      samplers.delete(runId);
    },
  };
}

/** What crosses to the window at a time, as it waits while it comes. */
const handedBytes = 1_000_000;

/** Takes files out of `files` until they are large enough; at least one if there is one. */
function takeSome(files: ImportedFile[]): readonly ImportedFile[] {
  let bytes = 0;
  let count = 0;
  while (count < files.length && bytes < handedBytes) {
    bytes += files[count]?.bytes?.length ?? 0;
    count += 1;
  }
  return files.splice(0, count);
}

/** Undefined where asking would cost more than a training may lose by it, as on Windows. */
function processLister(): ListProcesses | undefined {
  if (process.platform === 'linux') return async () => listLinuxProcesses();
  return process.platform === 'darwin' ? listPsProcesses : undefined;
}
