import type { BlobHash, RunFile } from '../core/run/run';
import type { ConfigFile } from './projectReader';

/** Keeps the configuration files of a run, byte-exact, and gives what is recorded of them. */
export function keepConfigs(
  files: readonly ConfigFile[],
  toWorkspacePath: (path: string) => string,
  putBlob: (bytes: Uint8Array) => Promise<BlobHash>,
): Promise<readonly RunFile[]> {
  return Promise.all(
    files.map(
      async ({ path, bytes, modifiedAtMs }): Promise<RunFile> => ({
        role: 'config',
        path: toWorkspacePath(path),
        type: 'config',
        sizeBytes: bytes.length,
        modifiedAtMs,
        hash: await putBlob(bytes),
        isKept: true,
      }),
    ),
  );
}
