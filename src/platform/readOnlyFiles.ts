import {
  Disposable,
  EventEmitter,
  type FileChangeEvent,
  FileSystemError,
  type FileSystemProvider,
  FileType,
  type Uri,
  workspace,
} from 'vscode';

/** What is read at an address, which never changes. Both reject with a `FileSystemError` where nothing is. */
export interface ReadOnlyFiles {
  stat(uri: Uri): Promise<{ readonly atMs: number; readonly sizeBytes: number }>;
  read(uri: Uri): Promise<Uint8Array>;
}

/** Opens addresses of a scheme in VS Code's own editors, as files that nobody can write. */
export function registerReadOnlyFiles(scheme: string, files: ReadOnlyFiles): Disposable {
  const changed = new EventEmitter<FileChangeEvent[]>();
  const refuse = (uri: Uri) => {
    throw FileSystemError.NoPermissions(uri);
  };
  const provider: FileSystemProvider = {
    onDidChangeFile: changed.event,
    watch: () => new Disposable(() => undefined),
    async stat(uri) {
      const { atMs, sizeBytes } = await files.stat(uri);
      return { type: FileType.File, ctime: atMs, mtime: atMs, size: sizeBytes };
    },
    readFile: (uri) => files.read(uri),
    readDirectory: () => [],
    createDirectory: refuse,
    writeFile: refuse,
    delete: refuse,
    rename: refuse,
  };
  return Disposable.from(
    changed,
    workspace.registerFileSystemProvider(scheme, provider, {
      isReadonly: true,
      isCaseSensitive: true,
    }),
  );
}
