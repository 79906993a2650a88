import type { Checkpoint } from '../../core/checkpoint/checkpoint';
import type { MediaItem, RunMedia, ShownImage } from '../../core/media/media';
import { type MediaFileKind, mediaFileKind } from '../../core/media/mediaKind';
import { readMediaPaths } from '../../core/media/mediaPath';
import type { Remote } from '../../core/rpc';
import type { Run, RunFile } from '../../core/run/run';
import { UserError } from '../../core/userError';
import type { Store } from '../../store/store';
import type { MediaContent } from './mediaContent';
import type { MediaProblem, MediaService } from './mediaService';

export type MediaKind = MediaItem['kind'];

/** Finds and reads what runs logged to be looked at. */
export interface RunMediaReader {
  list(run: Run, kind: MediaKind): Promise<RunMedia>;
  /** @throws UserError if it is no longer there. */
  readImage(run: Run, id: string): Promise<ShownImage>;
}

export interface RunMediaPorts {
  readonly store: Pick<
    Store,
    'listFiles' | 'readBlob' | 'readLog' | 'getCheckpoint' | 'readCheckpoint'
  >;
  readonly service: Remote<MediaService>;
  /** The absolute path of what the record names. */
  readonly toAbsolutePath: (path: string) => string;
}

/** Of a run that wrote more, the newest are looked at. */
const maxFiles: Readonly<Record<MediaFileKind, number>> = { image: 2_000, matrix: 200, events: 50 };
const maxLogBytes = 32 * 1024 * 1024;
const maxRemembered = 200;

export function createRunMediaReader(ports: RunMediaPorts): RunMediaReader {
  const { store, service } = ports;
  /** What finished runs logged does not change. */
  const known = new Map<string, Promise<RunMedia>>();

  async function contentOf(file: RunFile): Promise<MediaContent> {
    if (file.isKept && file.hash !== undefined) {
      return { kind: 'kept', bytes: await store.readBlob(file.hash) };
    }
    const { sizeBytes, modifiedAtMs, hash, path } = file;
    return {
      ...{ kind: 'file', path: ports.toAbsolutePath(path), sizeBytes, modifiedAtMs },
      ...(hash !== undefined && { hash }),
    };
  }

  async function filesOf(run: Run, kind: MediaFileKind): Promise<readonly RunFile[]> {
    const files = await store.listFiles(run.id);
    return files
      .filter(({ role, path }) => role === 'output' && mediaFileKind(path) === kind)
      .toSorted((a, b) => a.modifiedAtMs - b.modifiedAtMs)
      .slice(-maxFiles[kind]);
  }

  async function listImages(run: Run): Promise<RunMedia> {
    const files = await filesOf(run, 'image');
    const places = readMediaPaths(files.map(({ path }) => path));
    const items: MediaItem[] = files.map(({ path }, at) => {
      const { tag = path, step } = places[at] ?? {};
      return {
        ...{ kind: 'image', source: 'file', id: toId(['file', path]), tag, where: path },
        ...(step !== undefined && { step }),
      };
    });
    const notes: string[] = [];
    for (const file of await filesOf(run, 'events')) {
      const images = await service.listEventImages(await contentOf(file));
      if (typeof images === 'string') {
        notes.push(describeProblem(file.path, images));
        continue;
      }
      for (const { tag, step, index } of images) {
        items.push({
          ...{ kind: 'image', source: 'events', step, where: file.path },
          id: toId(['events', file.path, tag, step, index]),
          tag: index === 0 ? tag : `${tag} (${index + 1})`,
        });
      }
    }
    const notebook = await readNotebook(run);
    if (notebook !== undefined) {
      const { bytes, cell, name } = notebook;
      const found = await service.listNotebookMedia(bytes, cell);
      if (typeof found === 'string') notes.push(describeProblem(name, found));
      else {
        items.push(
          ...found.outputs.map(
            (output, at): MediaItem => ({
              ...{ kind: 'image', source: 'notebook', id: toId(['notebook', output]) },
              tag: found.outputs.length === 1 ? 'output' : `output ${at + 1}`,
              where: name,
            }),
          ),
        );
      }
    }
    return { items, notes };
  }

  async function listMatrices(run: Run): Promise<RunMedia> {
    const files = await filesOf(run, 'matrix');
    const places = readMediaPaths(files.map(({ path }) => path));
    const items: MediaItem[] = [];
    const notes: string[] = [];
    for (const [at, file] of files.entries()) {
      const { path } = file;
      const matrix = await service.readMatrix(path, await contentOf(file));
      if (typeof matrix === 'string') {
        notes.push(describeProblem(path, matrix));
        continue;
      }
      const { tag = path, step } = places[at] ?? {};
      items.push({
        ...{ kind: 'matrix', source: 'file', id: toId(['file', path]), tag, where: path, matrix },
        ...(step !== undefined && { step }),
      });
    }
    if (run.source.kind !== 'notebook') {
      const log = await store.readLog(run.id, { startByte: 0, lengthBytes: maxLogBytes });
      for (const { name, matrix, line, step } of await service.findLogMatrices(log)) {
        items.push({
          ...{ kind: 'matrix', source: 'log', id: toId(['log', line]), tag: name, matrix },
          where: `line ${line + 1} of the log`,
          ...(step !== undefined && { step }),
        });
      }
    }
    const notebook = await readNotebook(run);
    if (notebook !== undefined) {
      const { bytes, cell, name } = notebook;
      const found = await service.listNotebookMedia(bytes, cell);
      const matrices = typeof found === 'string' ? [] : found.matrices;
      items.push(
        ...matrices.map(
          ({ name: tag, matrix, line, step }): MediaItem => ({
            ...{ kind: 'matrix', source: 'notebook', id: toId(['notebook', line]), tag, matrix },
            where: name,
            ...(step !== undefined && { step }),
          }),
        ),
      );
    }
    return { items, notes };
  }

  async function readNotebook({ source, checkpointId }: Run) {
    if (source.kind !== 'notebook' || checkpointId === undefined) return undefined;
    const checkpoint: Checkpoint | undefined = await store.getCheckpoint(checkpointId);
    if (checkpoint === undefined || checkpoint.leftOut?.what === 'content') return undefined;
    const { cellId, cellIndex, notebook } = source;
    return {
      bytes: await store.readCheckpoint(checkpoint),
      cell: { cellIndex, ...(cellId !== undefined && { cellId }) },
      name: `cell ${cellIndex + 1} of ${notebook}`,
    };
  }

  return {
    list(run, kind) {
      // Their hashes come after the end, and a checkpoint later still.
      const state = [run.id, kind, run.status, run.endedAtMs, run.logBytes, run.checkpointId];
      const key = JSON.stringify(state);
      const isOver = run.endedAtMs !== undefined && Date.now() - run.endedAtMs > 60_000;
      const before = isOver ? known.get(key) : undefined;
      if (before !== undefined) return before;
      const reading = kind === 'image' ? listImages(run) : listMatrices(run);
      if (isOver) {
        known.set(key, reading);
        reading.catch(() => known.delete(key));
        for (const oldest of known.keys()) {
          if (known.size <= maxRemembered) break;
          known.delete(oldest);
        }
      }
      return reading;
    },
    async readImage(run, id) {
      const place = parseId(id);
      if (place === undefined) throw new UserError('This picture is not there any more.');
      const [source, ...rest] = place;
      const image =
        source === 'notebook' ? await readOutput(run, Number(rest[0])) : await readFile(run, rest);
      if (typeof image !== 'string') return image;
      throw new UserError(
        describeProblem(source === 'notebook' ? 'The picture' : String(rest[0]), image),
      );
    },
  };

  async function readOutput(run: Run, output: number): Promise<ShownImage | MediaProblem> {
    const notebook = await readNotebook(run);
    if (notebook === undefined) return 'gone';
    return service.readNotebookImage(notebook.bytes, notebook.cell, output);
  }

  async function readFile(
    run: Run,
    [path, tag, step, index]: readonly (string | number)[],
  ): Promise<ShownImage | MediaProblem> {
    // Only what is recorded of the run is read, whatever the page asks for.
    const files = await store.listFiles(run.id);
    const file = files.find((each) => each.role === 'output' && each.path === path);
    if (file === undefined) return 'gone';
    const content = await contentOf(file);
    if (tag === undefined) return service.readImage(content);
    const place = { tag: String(tag), step: Number(step), index: Number(index) };
    return service.readEventImage(content, place);
  }
}

function toId(parts: readonly (string | number)[]): string {
  return JSON.stringify(parts);
}

function parseId(id: string): readonly (string | number)[] | undefined {
  try {
    const parts: unknown = JSON.parse(id);
    return Array.isArray(parts) ? parts : undefined;
  } catch {
    return undefined;
  }
}

function describeProblem(name: string, problem: MediaProblem): string {
  switch (problem) {
    case 'gone':
      return `${name} is no longer there.`;
    case 'changed':
      return `${name} was written again after this run, so that what it showed is gone.`;
    case 'tooLarge':
      return `${name} is too large to be read here.`;
    case 'unreadable':
      return `${name} holds nothing that can be shown here.`;
    case 'hugePicture':
      return `${name} has too many pixels to be shown here.`;
  }
}
