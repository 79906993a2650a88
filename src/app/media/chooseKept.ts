import { createEventImageReader } from '../../core/formats/tfImages';
import { mediaFileKind } from '../../core/media/mediaKind';
import type { SeenFile } from '../files/writtenFiles';
import { readMediaContent } from './mediaContent';

const mebibyte = 1024 * 1024;
/** Larger files are looked at where they lie, as long as they lie there. */
const maxBytes = { image: 4 * mebibyte, matrix: 4 * mebibyte, events: 16 * mebibyte } as const;
const maxFiles = 500;
const maxRunBytes = 64 * mebibyte;

/**
 * Which files of a run are to be kept whole, as the next run will write over many of them: pictures,
 * confusion matrices, and event files that hold pictures; small ones first, up to 64 MiB a run.
 *
 * @returns their paths.
 */
export async function chooseKept(files: readonly SeenFile[]): Promise<readonly string[]> {
  const chosen: string[] = [];
  let left = maxRunBytes;
  for (const file of files.toSorted((a, b) => a.sizeBytes - b.sizeBytes)) {
    const kind = file.role === 'output' ? mediaFileKind(file.path) : undefined;
    if (kind === undefined || file.hash === undefined || file.sizeBytes > maxBytes[kind]) continue;
    if (file.sizeBytes > left || chosen.length >= maxFiles) break;
    if (kind === 'events' && !(await hasImages(file))) continue;
    left -= file.sizeBytes;
    chosen.push(file.path);
  }
  return chosen;
}

async function hasImages(file: SeenFile): Promise<boolean> {
  const read = await readMediaContent({ kind: 'file', ...file }, maxBytes.events);
  return 'bytes' in read && createEventImageReader().push(read.bytes).length > 0;
}
