/** Pixels of a picture, row by row, four bytes each: red, green, blue, opacity. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8ClampedArray;
}

export interface PixelComparison {
  /** Pixels of the larger size that differ. */
  readonly differing: number;
  readonly all: number;
  /** What differs, to be laid over the new picture: opaque where it does. */
  readonly mask: Uint8ClampedArray;
  readonly width: number;
  readonly height: number;
}

/** How two pictures can be laid over each other. */
export type PictureFit =
  | 'same size'
  /** A few pixels of margin more or less, as a tight bounding box gives. */
  | 'aligned'
  /** The same shape in another resolution. */
  | 'scaled'
  | 'different';

/** Margins that a redraw of the same plot may differ by. */
const maxMarginPx = 4;
const maxAspectError = 0.01;

export interface Size {
  readonly width: number;
  readonly height: number;
}

export function fitPictures(old: Size, fresh: Size): PictureFit {
  const [dx, dy] = [Math.abs(old.width - fresh.width), Math.abs(old.height - fresh.height)];
  if (dx === 0 && dy === 0) return 'same size';
  if (dx <= maxMarginPx && dy <= maxMarginPx) return 'aligned';
  const aspect = (old.width * fresh.height) / (old.height * fresh.width);
  return Math.abs(aspect - 1) <= maxAspectError ? 'scaled' : 'different';
}

/** Pixel by pixel from the top left; what only one picture covers counts as different. */
export function comparePixels(old: Pixels, fresh: Pixels): PixelComparison {
  const width = Math.max(old.width, fresh.width);
  const height = Math.max(old.height, fresh.height);
  const mask = new Uint8ClampedArray(width * height * 4);
  let differing = 0;
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const inOld = x < old.width && y < old.height;
      const inNew = x < fresh.width && y < fresh.height;
      const [a, b] = [(y * old.width + x) * 4, (y * fresh.width + x) * 4];
      if (inOld && inNew && isSamePixel(old.data, a, fresh.data, b)) continue;
      const at = (y * width + x) * 4;
      mask[at] = 255;
      mask[at + 2] = 255;
      mask[at + 3] = 255;
      differing += 1;
    }
  }
  return { differing, all: width * height, mask, width, height };
}

/** What is wholly transparent has no colour. */
function isSamePixel(a: Uint8ClampedArray, i: number, b: Uint8ClampedArray, j: number): boolean {
  if (a[i + 3] === 0 && b[j + 3] === 0) return true;
  return a[i] === b[j] && a[i + 1] === b[j + 1] && a[i + 2] === b[j + 2] && a[i + 3] === b[j + 3];
}

/** `the same picture`, `0.3 % of pixels differ`, with what was done to compare them. */
export function describePictures(
  old: Size,
  fresh: Size,
  comparison: Pick<PixelComparison, 'differing' | 'all'> | undefined,
): string {
  const fit = fitPictures(old, fresh);
  const sizes =
    fit === 'same size' ? '' : `${old.width} × ${old.height} → ${fresh.width} × ${fresh.height}`;
  if (comparison === undefined) return sizes === '' ? 'not compared' : `${sizes}, not compared`;
  const { differing, all } = comparison;
  const share = (100 * differing) / all;
  const percent = share < 0.01 ? 'less than 0.01' : share < 1 ? share.toFixed(2) : share.toFixed(1);
  const result = differing > 0 ? `${percent} % of pixels differ` : 'same picture';
  const done =
    fit === 'aligned'
      ? ', aligned at the top left'
      : fit === 'scaled'
        ? ', scaled to the size of the new one'
        : '';
  return sizes === '' ? result : `${sizes}${done}: ${result}`;
}
