import { readFile, stat } from 'node:fs/promises';
import { dirname, isAbsolute, join, relative, resolve } from 'node:path';
import {
  type ImportRequest,
  readImportRequests,
  type SourceImports,
} from '../../core/python/importRequests';
import { ModuleFinder, type ModuleRoots } from './moduleFinder';

/** Where the code of a run begins. */
export type CodeEntry =
  /** Absolute path of a Python script. */
  | { readonly kind: 'script'; readonly path: string }
  /** `python -m module`: it is a part of what is kept, as nothing else keeps it. */
  | { readonly kind: 'module'; readonly module: string }
  /** The code cells that a notebook ran, in their order. */
  | { readonly kind: 'cells'; readonly sources: readonly string[] };

export interface CodePlaces {
  /** Absolute path of the folder that it runs in. */
  readonly folder: string;
  /** Absolute path of the workspace folder, if any. */
  readonly workspaceFolder: string | undefined;
}

export interface ImportedFile {
  /** Absolute. */
  readonly path: string;
  readonly sizeBytes: number;
  readonly modifiedAtMs: number;
  /** As it was when the run began, byte-exact; undefined where the limits left it out. */
  readonly bytes?: Uint8Array;
}

export interface CodeLimits {
  readonly maxFiles: number;
  readonly maxTotalBytes: number;
  /** A module larger than this is generated or is data. */
  readonly maxFileBytes: number;
  /** How many files are looked at before the rest is not even named. */
  readonly maxNamedFiles: number;
}

export const codeLimits: CodeLimits = {
  maxFiles: 500,
  maxTotalBytes: 20e6,
  maxFileBytes: 4e6,
  maxNamedFiles: 2000,
};

/**
 * The modules of the user's own that a run imports, directly or through one another, in the order
 * they are found. Installed packages and the script itself are not among them. Never throws.
 */
export async function readImportedFiles(
  entry: CodeEntry,
  places: CodePlaces,
  limits: CodeLimits = codeLimits,
): Promise<ImportedFile[]> {
  return new Walk(places, limits).read(entry);
}

class Walk {
  readonly #finder = new ModuleFinder();
  readonly #files = new Map<string, ImportedFile>();
  readonly #imports = new Map<string, SourceImports>();
  #keptFiles = 0;
  #keptBytes = 0;

  constructor(
    private readonly places: CodePlaces,
    private readonly limits: CodeLimits,
  ) {}

  async read(entry: CodeEntry): Promise<ImportedFile[]> {
    const { folder } = this.places;
    const first = entry.kind === 'script' ? dirname(entry.path) : folder;
    let roots: ModuleRoots = { first, others: otherRoots(first, this.places) };
    const steps = await this.#firstSteps(entry);
    // Grows while it is walked, so that what is nearest to the script comes first.
    for (const { file, imports } of steps) {
      if (imports.changesPath) roots = withAddedPaths(roots, imports.addedPaths, file, folder);
      for (const request of imports.requests) {
        for (const found of await this.#find(request, file, roots)) {
          steps.push(...(await this.#take(found, entry)));
        }
      }
    }
    return [...this.#files.values()];
  }

  async #firstSteps(entry: CodeEntry): Promise<Step[]> {
    const { folder } = this.places;
    switch (entry.kind) {
      case 'script': {
        const read = await readSmall(entry.path, this.limits.maxFileBytes);
        return read?.bytes
          ? [{ file: entry.path, imports: readImportRequests(decode(read.bytes)) }]
          : [];
      }
      case 'module': {
        // `-m package` runs its `__main__`.
        const request = { level: 0, module: entry.module, names: ['__main__'] };
        return [
          {
            file: join(folder, '__main__.py'),
            imports: { requests: [request], addedPaths: [], changesPath: false, exported: [] },
          },
        ];
      }
      case 'cells': {
        const steps = entry.sources.map((source) => ({
          file: join(folder, 'notebook.ipynb'),
          imports: readImportRequests(source),
        }));
        for (const path of entry.sources.flatMap(scriptsRunBy)) {
          steps.push(...(await this.#take(resolve(folder, path), entry)));
        }
        return steps;
      }
    }
  }

  #find(request: ImportRequest, file: string, roots: ModuleRoots): Promise<readonly string[]> {
    return this.#finder.find(request, file, roots, async (initFile) => {
      const known = this.#imports.get(initFile);
      if (known !== undefined) return known.exported;
      const read = await readSmall(initFile, this.limits.maxFileBytes);
      return read?.bytes ? readImportRequests(decode(read.bytes)).exported : [];
    });
  }

  /** @returns the step that a file is which was not met before. */
  async #take(file: string, entry: CodeEntry): Promise<readonly Step[]> {
    const isEntry = entry.kind === 'script' && file === entry.path;
    if (isEntry || !isOwnSource(file) || this.#files.has(file)) return [];
    if (this.#files.size >= this.limits.maxNamedFiles) return [];
    const room = this.limits.maxTotalBytes - this.#keptBytes;
    const hasRoom = this.#keptFiles < this.limits.maxFiles;
    const read = await readSmall(file, hasRoom ? Math.min(room, this.limits.maxFileBytes) : -1);
    if (read === undefined) return [];
    this.#files.set(file, read);
    if (read.bytes === undefined) return [];
    this.#keptFiles += 1;
    this.#keptBytes += read.bytes.length;
    const imports = readImportRequests(decode(read.bytes));
    this.#imports.set(file, imports);
    return [{ file, imports }];
  }
}

interface Step {
  readonly file: string;
  readonly imports: SourceImports;
}

/** Without its bytes if it is larger than `maxBytes`; undefined if it is no readable file. */
async function readSmall(path: string, maxBytes: number): Promise<ImportedFile | undefined> {
  try {
    const found = await stat(path);
    if (!found.isFile()) return undefined;
    const file = { path, sizeBytes: found.size, modifiedAtMs: Math.round(found.mtimeMs) };
    if (found.size > maxBytes) return file;
    const bytes = await readFile(path);
    return { ...file, sizeBytes: bytes.length, bytes };
  } catch {
    return undefined;
  }
}

/** Import lines are ASCII, whatever encoding the rest of a source is in. */
function decode(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}

/** `%run train.py` loads a file as an import does. */
function scriptsRunBy(source: string): string[] {
  return [...source.matchAll(/^[ \t]*%run\s+(?:-\w+\s+)*(["']?)([^\s"']+\.py)\1/gm)].flatMap(
    (match) => match[2] ?? [],
  );
}

/** Behind the first place: the working directory, the workspace, the project, and their `src`. */
function otherRoots(first: string, { folder, workspaceFolder }: CodePlaces): readonly string[] {
  const bases = [folder, first, ...(workspaceFolder === undefined ? [] : [workspaceFolder])];
  // From the script up to the workspace folder, as its project may be one of several.
  if (workspaceFolder !== undefined && isInside(first, workspaceFolder)) {
    for (let up = dirname(first); isInside(up, workspaceFolder); up = dirname(up)) bases.push(up);
  }
  const roots = new Set(bases.flatMap((base) => [base, join(base, 'src')]));
  roots.delete(first);
  return [...roots];
}

function withAddedPaths(
  roots: ModuleRoots,
  added: readonly string[],
  file: string,
  folder: string,
): ModuleRoots {
  // A computed folder is nearly always one above the file that computes it.
  const above = dirname(file);
  const computed = [above, dirname(above), dirname(dirname(above))];
  const literal = added.flatMap((path) => [resolve(folder, path), resolve(above, path)]);
  return { ...roots, others: [...new Set([...literal, ...computed, ...roots.others])] };
}

function isInside(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return !way.startsWith('..') && !isAbsolute(way);
}

function isOwnSource(file: string): boolean {
  return file.endsWith('.py') && !/[\\/](?:site|dist)-packages[\\/]/.test(file);
}
