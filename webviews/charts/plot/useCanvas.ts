import type { RefObject } from 'preact';
import { useCallback, useLayoutEffect, useState } from 'preact/hooks';
import { useResize } from '../../shared/useResize';

export interface CanvasSize {
  readonly widthPx: number;
  readonly heightPx: number;
}

/**
 * Draws on a canvas in the pixels of the screen, anew whenever `draw` is another function or the canvas
 * has another size.
 */
export function useCanvas(
  canvas: RefObject<HTMLCanvasElement>,
  draw: (pen: CanvasRenderingContext2D, size: CanvasSize) => void,
): CanvasSize {
  const [size, setSize] = useState<CanvasSize>({ widthPx: 0, heightPx: 0 });
  const measure = useCallback(() => {
    const { clientWidth: widthPx = 0, clientHeight: heightPx = 0 } = canvas.current ?? {};
    setSize((before) =>
      before.widthPx === widthPx && before.heightPx === heightPx ? before : { widthPx, heightPx },
    );
  }, []);
  useResize(canvas, measure);
  useLayoutEffect(measure);
  useLayoutEffect(() => {
    const { current } = canvas;
    const pen = current?.getContext('2d');
    const { widthPx, heightPx } = size;
    if (!current || !pen || widthPx === 0 || heightPx === 0) return;
    const scale = window.devicePixelRatio;
    current.width = Math.round(widthPx * scale);
    current.height = Math.round(heightPx * scale);
    pen.setTransform(scale, 0, 0, scale, 0, 0);
    pen.clearRect(0, 0, widthPx, heightPx);
    draw(pen, size);
  }, [draw, size]);
  return size;
}
