import type { RefObject } from 'preact';
import { useLayoutEffect } from 'preact/hooks';
import type { CanvasSize } from '../../plot/useCanvas';

/** A frame is 16 ms, of which the browser wants some itself. */
const frameMs = 6;

/**
 * Draws many lines without holding the page up: as much as there is time for in this frame, the rest in
 * those that follow. Another drawing ends the one before.
 */
export function useLayer(
  canvas: RefObject<HTMLCanvasElement>,
  { widthPx, heightPx }: CanvasSize,
  start: (pen: CanvasRenderingContext2D) => Generator<void, void>,
  deps: readonly unknown[],
): void {
  useLayoutEffect(() => {
    const { current } = canvas;
    // Drawn at once and not when the frame is shown, so that the time it takes is seen here.
    const pen = current?.getContext('2d', { willReadFrequently: true });
    if (!current || !pen || widthPx === 0 || heightPx === 0) return;
    const scale = window.devicePixelRatio;
    current.width = Math.round(widthPx * scale);
    current.height = Math.round(heightPx * scale);
    pen.setTransform(scale, 0, 0, scale, 0, 0);
    const drawing = start(pen);
    let request = 0;
    current.dataset.drawn = 'no';
    const step = () => {
      const untilMs = performance.now() + frameMs;
      while (performance.now() < untilMs) {
        if (drawing.next().done) {
          current.dataset.drawn = 'yes';
          return;
        }
      }
      request = requestAnimationFrame(step);
    };
    step();
    return () => cancelAnimationFrame(request);
  }, [widthPx, heightPx, ...deps]);
}
