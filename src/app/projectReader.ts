import { readFileSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { maxConfigBytes } from '../core/params/config/configFormat';
import type { ProjectFiles } from '../core/params/config/projectFiles';

/** A configuration file as it was when the run began. */
export interface ConfigFile {
  /** Absolute. */
  readonly path: string;
  readonly bytes: Uint8Array;
  readonly modifiedAtMs: number;
}

const maxConfigFiles = 100;
const maxModules = 60;
/** Most of what is looked for is not there. */
const maxLookups = 2_000;
const maxModuleBytes = 512 * 1024;

/** Reads the files of one run's project; in a worker, as it waits for the disk. */
export class ProjectReader implements ProjectFiles {
  private readonly configs = new Map<string, ConfigFile | undefined>();
  private readonly modules = new Map<string, string | undefined>();
  private moduleCount = 0;
  private configCount = 0;

  /** The configuration files that were asked for and are there. */
  get configFiles(): readonly ConfigFile[] {
    return [...this.configs.values()].filter((file) => file !== undefined);
  }

  readConfig(asked: string): string | undefined {
    const path = absolutePath(asked);
    if (!this.configs.has(path)) {
      const hasRoom = this.configCount < maxConfigFiles && this.configs.size < maxLookups;
      const file = hasRoom ? readConfigFile(path) : undefined;
      if (file !== undefined) this.configCount += 1;
      this.configs.set(path, file);
    }
    const file = this.configs.get(path);
    return file && new TextDecoder().decode(file.bytes);
  }

  readModule(asked: string): string | undefined {
    const path = absolutePath(asked);
    if (!this.modules.has(path)) {
      const hasRoom = this.moduleCount < maxModules && this.modules.size < maxLookups;
      const bytes = hasRoom ? readBounded(path, maxModuleBytes)?.bytes : undefined;
      if (bytes !== undefined) this.moduleCount += 1;
      this.modules.set(path, bytes && new TextDecoder().decode(bytes));
    }
    return this.modules.get(path);
  }

  isFolder(path: string): boolean {
    try {
      return statSync(absolutePath(path)).isDirectory();
    } catch {
      return false;
    }
  }
}

function readConfigFile(path: string): ConfigFile | undefined {
  const read = readBounded(path, maxConfigBytes);
  return read && { path, ...read };
}

function readBounded(path: string, maxBytes: number): Omit<ConfigFile, 'path'> | undefined {
  try {
    const stats = statSync(path);
    // Reading a pipe would wait for who writes it.
    if (!stats.isFile() || stats.size > maxBytes) return undefined;
    return { bytes: readFileSync(path), modifiedAtMs: stats.mtimeMs };
  } catch {
    return undefined;
  }
}

function absolutePath(path: string): string {
  return path.startsWith('~/') ? join(homedir(), path.slice(2)) : resolve(path);
}
