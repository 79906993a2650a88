import { Chart } from 'chart.js';
import type { Area } from './drawLines';
import { hasSameAxes, type LinePicture, lineConfig, lineScales } from './lineConfig';

export interface LinePlot {
  /** Draws the picture in place: axes that are the same stay as they are, nothing is animated. */
  update(picture: LinePicture): void;
  /** The rectangle between the axes, in CSS pixels of the canvas. */
  area(): Area;
  dispose(): void;
}

/** A chart of lines on a canvas. `onResize` is called after it was laid out for another size. */
export function createLinePlot(
  canvas: HTMLCanvasElement,
  first: LinePicture,
  onLayout: () => void,
): LinePlot {
  let picture = first;
  const chart = new Chart<'line'>(
    canvas,
    lineConfig(() => picture),
  );
  chart.options.onResize = onLayout;
  return {
    update(next) {
      const isSame = hasSameAxes(picture, next);
      picture = next;
      if (isSame) chart.draw();
      else {
        chart.options.scales = lineScales(next);
        chart.update('none');
        onLayout();
      }
    },
    area: () => chart.chartArea,
    dispose: () => chart.destroy(),
  };
}
