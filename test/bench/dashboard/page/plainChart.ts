import uPlot from 'uplot';

/** What the host sends: one x for all, whole series. */
export interface PlainData {
  readonly steps: Float64Array;
  readonly values: readonly Float64Array[];
}

declare global {
  interface Window {
    /** Undefined until the chart is on screen. */
    plain?: { readonly totalMs: number; readonly drawMs: number };
  }
}

const colors = ['#3794ff', '#d18616', '#89d185', '#b180d7', '#f14c4c', '#cca700'];

// A page with nothing but a chart of uPlot: asks its host for the whole series and draws them.
const askedMs = performance.now();
window.addEventListener('message', ({ data }: MessageEvent<PlainData>) => {
  const receivedMs = performance.now();
  const columns = [data.steps, ...data.values];
  const chart = new uPlot(
    {
      width: window.innerWidth - 40,
      height: 400,
      scales: { x: { time: false } },
      legend: { show: false },
      series: [
        {},
        ...data.values.map((_, index) => ({
          stroke: colors[index % colors.length] ?? '#888',
          width: 1.5,
          points: { show: false },
        })),
      ],
    },
    // SAFETY: uPlot takes any list of numbers; its types know plain arrays and one kind of column.
    columns as unknown as uPlot.AlignedData,
    document.body,
  );
  requestAnimationFrame(() =>
    requestAnimationFrame(() => {
      const drawnMs = performance.now();
      window.plain = { totalMs: drawnMs - askedMs, drawMs: drawnMs - receivedMs };
      chart.root.dataset.drawn = 'true';
    }),
  );
});
window.parent.postMessage({ ask: true }, '*');
