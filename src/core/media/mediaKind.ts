import { fileFormat } from '../formats/fileFormat';

/** What of a file can be looked at: a picture, a confusion matrix, or pictures in an event file. */
export type MediaFileKind = 'image' | 'matrix' | 'events';

const image = /\.(?:png|jpe?g|gif|webp|bmp)$/i;
const matrix =
  /(?:^|[/\\])plots[/\\]sklearn[/\\][^/\\]*\.json$|(?:confusion[-_ ]?mat|conf[-_]?mat|(?:^|[/\\_\-.])cm(?=[_\-.]))[^/\\]*\.(?:json|csv|tsv|txt)$/i;

/** By its name alone. */
export function mediaFileKind(path: string): MediaFileKind | undefined {
  if (image.test(path)) return 'image';
  if (matrix.test(path)) return 'matrix';
  return fileFormat(path)?.name === 'tfevents' ? 'events' : undefined;
}
