import { createHash } from 'node:crypto';
import { appendFileSync, constants, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { BlobHash } from '../../core/run/run';

const pieceBytes = 4 * 1024 * 1024;
/** Smaller files are hashed again faster than they are looked up in a file. */
const minKeptBytes = 1024 * 1024;
const maxKept = 50_000;

/** What a hash holds for: as long as this stays, nothing is read again. */
export interface FileState {
  readonly sizeBytes: number;
  readonly modifiedAtMs: number;
}

/**
 * SHA-256 of files, remembered by path, size and time also in later sessions, so that a file that did
 * not change is read once.
 */
export class FileHashes {
  private readonly known = new Map<string, BlobHash>();
  private readonly hashing = new Map<string, Promise<BlobHash | undefined>>();
  private isLoaded = false;
  /** For tests: how much was read. */
  bytesRead = 0;

  /** @param cachePath undefined: they are remembered as long as this lives. */
  constructor(private readonly cachePath: string | undefined) {}

  /** What is known without reading anything. */
  lookUp(path: string, state: FileState): BlobHash | undefined {
    this.load();
    return this.known.get(keyOf(path, state));
  }

  remember(path: string, state: FileState, hash: BlobHash): void {
    const key = keyOf(path, state);
    if (this.known.has(key)) return;
    if (this.known.size >= maxKept) this.known.clear();
    this.known.set(key, hash);
    if (state.sizeBytes >= minKeptBytes) this.append(key, hash);
  }

  /** @returns undefined for a file that cannot be read whole, or changes while it is read. */
  async hash(path: string, state: FileState): Promise<BlobHash | undefined> {
    const known = this.lookUp(path, state);
    if (known !== undefined) return known;
    const key = keyOf(path, state);
    const running = this.hashing.get(key);
    if (running !== undefined) return running;
    const hashing = this.readHash(path, state).catch(() => undefined);
    this.hashing.set(key, hashing);
    const hash = await hashing;
    this.hashing.delete(key);
    if (hash !== undefined) this.remember(path, state, hash);
    return hash;
  }

  private async readHash(path: string, state: FileState): Promise<BlobHash | undefined> {
    const file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    try {
      const isSame = async () => {
        const stats = await file.stat();
        return (
          stats.isFile() && stats.size === state.sizeBytes && stats.mtimeMs === state.modifiedAtMs
        );
      };
      if (!(await isSame())) return undefined;
      const hash = createHash('sha256');
      const buffer = new Uint8Array(Math.min(pieceBytes, Math.max(1, state.sizeBytes)));
      let total = 0;
      for (;;) {
        const { bytesRead } = await file.read(buffer, 0, buffer.length, null);
        if (bytesRead === 0) break;
        total += bytesRead;
        this.bytesRead += bytesRead;
        // One that grows faster than it is read would never end.
        if (total > state.sizeBytes) return undefined;
        hash.update(buffer.subarray(0, bytesRead));
      }
      // SAFETY: it is one.
      return (await isSame()) ? (hash.digest('hex') as BlobHash) : undefined;
    } finally {
      await file.close();
    }
  }

  /** Lines of `HASH KEY`; what is no such line is left out, and the rest counts. */
  private load(): void {
    if (this.isLoaded) return;
    this.isLoaded = true;
    if (this.cachePath === undefined) return;
    try {
      const lines = readFileSync(this.cachePath, 'utf8').split('\n');
      for (const line of lines) {
        const match = /^([\da-f]{64}) (.+)$/.exec(line);
        // SAFETY: it has the form of one; a wrong one would only name a file wrongly.
        if (match !== null) this.known.set(match[2] ?? '', match[1] as BlobHash);
      }
      if (lines.length > 2 * maxKept) this.rewrite();
    } catch {
      // It is made with the first hash.
    }
  }

  private append(key: string, hash: BlobHash): void {
    if (this.cachePath === undefined) return;
    try {
      mkdirSync(dirname(this.cachePath), { recursive: true });
      appendFileSync(this.cachePath, `${hash} ${key}\n`);
    } catch {
      // A full disk costs the time to hash it once more.
    }
  }

  private rewrite(): void {
    const newest = [...this.known].slice(-maxKept);
    writeFileSync(this.cachePath ?? '', newest.map(([key, hash]) => `${hash} ${key}\n`).join(''));
  }
}

function keyOf(path: string, { sizeBytes, modifiedAtMs }: FileState): string {
  return `${sizeBytes} ${modifiedAtMs} ${JSON.stringify(path)}`;
}
