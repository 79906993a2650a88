import { Chart, type ChartConfiguration, type ChartType } from 'chart.js';

/** A chart places itself at 0, 0 of a canvas of its own and empties it first; here it is a part of another. */
const ignored: ReadonlySet<PropertyKey> = new Set(['setTransform', 'resetTransform', 'clearRect']);

/** Draws a chart of chart.js once, where the target is, on a canvas or on what writes SVG. */
export function drawChart<TType extends ChartType>(
  config: ChartConfiguration<TType>,
  target: CanvasRenderingContext2D,
  widthPx: number,
  heightPx: number,
): void {
  const canvas = document.createElement('canvas');
  canvas.width = widthPx;
  canvas.height = heightPx;
  const pen = new Proxy(target, {
    get(_target, name) {
      if (name === 'canvas') return canvas;
      if (ignored.has(name)) return () => {};
      const value: unknown = Reflect.get(target, name);
      return typeof value === 'function' ? value.bind(target) : value;
    },
    set: (_target, name, value) => Reflect.set(target, name, value),
  });
  Object.defineProperty(canvas, 'getContext', { value: () => pen });
  const chart = new Chart<TType>(canvas, {
    ...config,
    // SAFETY: the options of one kind of chart, with three that every kind has.
    options: {
      ...config.options,
      animation: false,
      responsive: false,
      devicePixelRatio: 1,
    } as ChartConfiguration<TType>['options'],
  } as ChartConfiguration<TType>);
  chart.destroy();
}
