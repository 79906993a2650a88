import { createEventImageReader, type EventImage } from '../../core/formats/tfImages';
import type { ConfusionMatrix } from '../../core/media/confusionMatrix';
import { findPrintedMatrices, type PrintedMatrix } from '../../core/media/findPrintedMatrices';
import { readImageHead } from '../../core/media/imageHead';
import type { ShownImage } from '../../core/media/media';
import { findRunCell, outputImages, outputMatrices } from '../../core/media/notebookMedia';
import { readMatrixCsv } from '../../core/media/readMatrixCsv';
import { readMatrixJson } from '../../core/media/readMatrixJson';
import { parseNotebook } from '../../core/notebook/parseNotebook';
import { decodeLog } from '../../core/terminal/decodeLog';
import { type ContentReading, type MediaContent, readMediaContent } from './mediaContent';

export type MediaProblem =
  | Extract<ContentReading, { readonly problem: string }>['problem']
  /** It is no picture or no matrix, or a picture that is too large to be drawn. */
  | 'unreadable'
  | 'hugePicture';

export interface EventImagePlace {
  readonly tag: string;
  readonly step: number;
  readonly index: number;
}

export interface NotebookMedia {
  /** The outputs that are pictures. */
  readonly outputs: readonly number[];
  readonly matrices: readonly PrintedMatrix[];
}

export interface RunCellPlace {
  readonly cellId?: string;
  readonly cellIndex: number;
}

/** Reads what runs logged to be looked at; the other side of a worker. */
export interface MediaService {
  readMatrix(path: string, content: MediaContent): Promise<ConfusionMatrix | MediaProblem>;
  listEventImages(content: MediaContent): Promise<readonly EventImagePlace[] | MediaProblem>;
  findLogMatrices(log: Uint8Array): readonly PrintedMatrix[];
  listNotebookMedia(notebook: Uint8Array, cell: RunCellPlace): NotebookMedia | MediaProblem;

  readImage(content: MediaContent): Promise<ShownImage | MediaProblem>;
  readEventImage(content: MediaContent, place: EventImagePlace): Promise<ShownImage | MediaProblem>;
  readNotebookImage(
    notebook: Uint8Array,
    cell: RunCellPlace,
    output: number,
  ): ShownImage | MediaProblem;
}

const maxMatrixBytes = 32 * 1024 * 1024;
const maxImageBytes = 32 * 1024 * 1024;
const maxEventsBytes = 512 * 1024 * 1024;
const maxNotebookChars = 200 * 1024 * 1024;
const maxEventImages = 5_000;
/** A picture of a few bytes can claim any size; drawn, each pixel takes four bytes. */
const maxPixels = 64 * 1024 * 1024;
/** How much of the pictures of event files is held, so that not each of them reads the file again. */
const maxHeldBytes = 64 * 1024 * 1024;

export function createMediaService(): MediaService {
  /** By event file and place, the ones asked for last at the end. */
  const held = new Map<string, Uint8Array>();
  let heldBytes = 0;

  function hold(key: string, bytes: Uint8Array): void {
    if (held.has(key) || bytes.length > maxHeldBytes / 4) return;
    held.set(key, bytes);
    heldBytes += bytes.length;
    for (const [oldest, { length }] of held) {
      if (heldBytes <= maxHeldBytes) break;
      held.delete(oldest);
      heldBytes -= length;
    }
  }

  async function readEvents(content: MediaContent): Promise<readonly EventImage[] | MediaProblem> {
    const read = await readMediaContent(content, maxEventsBytes, true);
    if ('problem' in read) return read.problem;
    const images = createEventImageReader().push(read.bytes).slice(0, maxEventImages);
    for (const image of images) hold(keyOf(content, image), image.bytes);
    return images;
  }

  return {
    async readMatrix(path, content) {
      const read = await readMediaContent(content, maxMatrixBytes);
      if ('problem' in read) return read.problem;
      const text = new TextDecoder().decode(read.bytes);
      const matrix = path.endsWith('.json') ? readMatrixJson(text) : readMatrixCsv(text);
      return matrix ?? 'unreadable';
    },
    async listEventImages(content) {
      const images = await readEvents(content);
      return typeof images === 'string'
        ? images
        : images.map(({ tag, step, index }) => ({ tag, step, index }));
    },
    findLogMatrices: (log) =>
      findPrintedMatrices(decodeLog(new TextDecoder().decode(log)).split('\n')),
    listNotebookMedia(notebook, place) {
      const cell = readCell(notebook, place);
      if (typeof cell === 'string') return cell;
      return {
        outputs: outputImages(cell).map(({ output }) => output),
        matrices: outputMatrices(cell),
      };
    },
    async readImage(content) {
      const read = await readMediaContent(content, maxImageBytes);
      return 'problem' in read ? read.problem : toShownImage(read.bytes);
    },
    async readEventImage(content, place) {
      const known = held.get(keyOf(content, place));
      if (known !== undefined) return toShownImage(known);
      const images = await readEvents(content);
      if (typeof images === 'string') return images;
      const found = images.find(
        ({ tag, step, index }) => tag === place.tag && step === place.step && index === place.index,
      );
      return found === undefined ? 'gone' : toShownImage(found.bytes);
    },
    readNotebookImage(notebook, place, output) {
      const cell = readCell(notebook, place);
      if (typeof cell === 'string') return cell;
      const image = outputImages(cell).find((each) => each.output === output);
      return image === undefined ? 'gone' : toShownImage(Buffer.from(image.base64, 'base64'));
    },
  };
}

function readCell(notebook: Uint8Array, place: RunCellPlace) {
  if (notebook.length > maxNotebookChars) return 'tooLarge';
  try {
    return findRunCell(parseNotebook(new TextDecoder().decode(notebook)), place) ?? 'gone';
  } catch {
    return 'unreadable';
  }
}

function keyOf(content: MediaContent, { tag, step, index }: EventImagePlace): string {
  const file =
    content.kind === 'file'
      ? [content.path, content.sizeBytes, content.modifiedAtMs]
      : [content.bytes.length, ...content.bytes.subarray(0, 64)];
  return JSON.stringify([file, tag, step, index]);
}

function toShownImage(bytes: Uint8Array): ShownImage | MediaProblem {
  const head = readImageHead(bytes);
  if (head === undefined) return 'unreadable';
  return head.widthPx * head.heightPx > maxPixels ? 'hugePicture' : { head, bytes };
}
