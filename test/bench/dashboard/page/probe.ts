import type { VsCodeApi } from '../../../../webviews/shared/host';
import { type FrameWatch, watchScroll } from './watchScroll';

/** What the benchmark asks of a page from inside; times are of `performance.now()`. */
export interface Probe {
  /** When the page first asked the host for something. */
  readonly askedMs: () => number;
  /** The methods that the page called, with the time. */
  readonly calls: readonly { readonly method: string; readonly atMs: number }[];
  /** When messages of the host arrived. */
  readonly answeredMs: readonly number[];
  readonly strokes: () => number;
  /** When the frame with at least so many rows of the table was on screen. */
  untilRows(count: number): Promise<number>;
  /**
   * When the last stroke on a canvas was on screen: at least `count` after `from`, then none for a while.
   */
  untilStroked(count: number, from?: number): Promise<number>;
  /** When the last change of the document was on screen, after which there was none for a while. */
  untilStill(): Promise<number>;
  /** When the last answer of the host came, after which there was none for a while. */
  untilAnswered(): Promise<number>;
  /** How far the largest list can be scrolled. */
  scrollablePx(): number;
  /** Watches every frame while that list scrolls. */
  watchFrames(): void;
  stopWatching(): FrameWatch;
}

declare global {
  interface Window {
    probe: Probe;
    /** Put there before the page begins. */
    keptState?: unknown;
    acquireVsCodeApi(): VsCodeApi;
  }
}

const quietMs = 400;
const deadlineMs = 20_000;
const calls: { method: string; atMs: number }[] = [];
const answeredMs: number[] = [];
let strokes = 0;
const strokeListeners = new Set<() => void>();

for (const method of ['stroke', 'drawImage', 'fill'] as const) {
  const original = CanvasRenderingContext2D.prototype[method];
  Object.defineProperty(CanvasRenderingContext2D.prototype, method, {
    value(this: CanvasRenderingContext2D, ...args: unknown[]) {
      if (method === 'stroke') strokes += 1;
      for (const listener of strokeListeners) listener();
      return Reflect.apply(original, this, args);
    },
  });
}

window.addEventListener('message', () => answeredMs.push(performance.now()));

let kept = window.keptState;
window.acquireVsCodeApi = () => ({
  postMessage(message) {
    // A call of the RPC names its method under `m`; an answer has none.
    const method =
      typeof message === 'object' && message !== null && 'm' in message ? message.m : '';
    calls.push({ method: String(method), atMs: performance.now() });
    window.parent.postMessage(message, '*');
  },
  getState: () => kept,
  setState: (state) => {
    kept = state;
  },
});

/** When what was drawn last on a canvas was on screen; from the beginning, as a page may draw before it is asked. */
let drawn = Promise.resolve(Number.NaN);
let isDrawing = false;
strokeListeners.add(() => {
  if (isDrawing) return;
  isDrawing = true;
  drawn = onScreen();
  requestAnimationFrame(() => {
    isDrawing = false;
  });
});

/** The second frame after now begins once the first is on screen. */
function onScreen(): Promise<number> {
  return new Promise((resolve) => {
    requestAnimationFrame(() => requestAnimationFrame(() => resolve(performance.now())));
  });
}

/** The time on screen of the last of the changes that `watch` tells of, once `isDone` and quiet. */
function untilLast(
  watch: (changed: () => void) => () => void,
  isDone: () => boolean,
): Promise<number> {
  return new Promise((resolve, reject) => {
    const startedMs = performance.now();
    let timer: ReturnType<typeof setTimeout> | undefined;
    let last = Promise.resolve(performance.now());
    let isPending = false;
    const restart = () => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        const isLate = performance.now() - startedMs > deadlineMs;
        if (!isDone() && !isLate) return restart();
        stop();
        if (isLate) reject(new Error(`Not drawn in time: ${strokes} strokes.`));
        resolve(last);
      }, quietMs);
    };
    const stop = watch(() => {
      restart();
      if (isPending) return;
      isPending = true;
      last = onScreen();
      requestAnimationFrame(() => {
        isPending = false;
      });
    });
    restart();
  });
}

function watchDocument(changed: () => void): () => void {
  const observer = new MutationObserver(changed);
  observer.observe(document, {
    ...{ subtree: true, childList: true, characterData: true },
    attributes: true,
  });
  return () => observer.disconnect();
}

let stopWatching: (() => FrameWatch) | undefined;

window.probe = {
  askedMs: () => calls.find(({ method }) => method !== '')?.atMs ?? Number.NaN,
  calls,
  answeredMs,
  strokes: () => strokes,
  untilRows: (count) =>
    new Promise((resolve) => {
      const look = () => {
        if (document.querySelectorAll('[role=row] [role=gridcell]:first-child').length < count) {
          return false;
        }
        observer.disconnect();
        void onScreen().then(resolve);
        return true;
      };
      const observer = new MutationObserver(look);
      observer.observe(document, { subtree: true, childList: true });
      look();
    }),
  untilStroked: async (count, from = 0) => {
    await untilLast(
      (changed) => {
        strokeListeners.add(changed);
        return () => strokeListeners.delete(changed);
      },
      () => strokes >= from + count,
    );
    return drawn;
  },
  untilStill: () => untilLast(watchDocument, () => true),
  untilAnswered: () =>
    untilLast(
      (changed) => {
        window.addEventListener('message', changed);
        return () => window.removeEventListener('message', changed);
      },
      () => true,
    ),
  scrollablePx() {
    const scroller = largestScroller();
    return scroller.scrollHeight - scroller.clientHeight;
  },
  stopWatching() {
    if (stopWatching === undefined) throw new Error('Nothing is watched.');
    return stopWatching();
  },
  watchFrames() {
    stopWatching = watchScroll(largestScroller());
  },
};

function largestScroller(): Element {
  const all = [...document.querySelectorAll('*')].filter(
    (element) => getComputedStyle(element).overflowY !== 'visible',
  );
  return all.reduce<Element>(
    (best, element) => (element.scrollHeight > best.scrollHeight ? element : best),
    document.documentElement,
  );
}
