import { useEffect, useState } from 'preact/hooks';

/** What Chromium can lay out; a longer list is scrolled in larger steps. */
export const maxHeightPx = 16_000_000;

/** How much of a list one pixel of scrolling stands for, so that the last pixel shows its end. */
export function scaleOf(element: HTMLElement, fullPx: number, heightPx: number): number {
  const spare = heightPx - element.clientHeight;
  return spare > 0 && fullPx > heightPx ? (fullPx - element.clientHeight) / spare : 1;
}

export interface ShownLines<T> {
  readonly start: number;
  readonly lines: readonly T[];
}

/** The lines from `start` up to `end`, once they are read; until then those of before. */
export function useShownLines<T>(
  read: (start: number, end: number) => Promise<readonly T[]>,
  start: number,
  end: number,
): ShownLines<T> {
  const [shown, setShown] = useState<ShownLines<T>>({ start: 0, lines: [] });
  useEffect(() => {
    let isOld = false;
    // What cannot be read is said by who reads it.
    read(start, end).then(
      (lines) => !isOld && setShown({ start, lines }),
      () => undefined,
    );
    return () => {
      isOld = true;
    };
  }, [read, start, end]);
  return shown;
}
