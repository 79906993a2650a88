export interface FrameWatch {
  readonly frames: number;
  readonly elapsedMs: number;
  /** The longest time in which a part of the table showed no row. */
  readonly blankMs: number;
  readonly scrolledPx: number;
}

/** A frame on screen. */
interface Painted {
  readonly atMs: number;
  readonly topPx: number;
  /** How far rows are drawn below what is seen; negative if they end above. */
  readonly sparePx: number;
}

/** Watches every frame while a list scrolls, until the returned function is called. */
export function watchScroll(scroller: Element): () => FrameWatch {
  const startedMs = performance.now();
  const fromPx = scroller.scrollTop;
  let isOver = false;
  let frames = 0;
  let blankMs = 0;
  let blankSinceMs: number | undefined;
  let painted: Painted = { atMs: startedMs, topPx: fromPx, sparePx: Number.POSITIVE_INFINITY };
  /** Where the frame that is being painted is scrolled to; undefined once it has been looked at. */
  let isPainting = false;
  let topPx = fromPx;

  const look = () => {
    if (!isPainting) return;
    isPainting = false;
    const sparePx = spareOf(scroller) + scroller.scrollTop - topPx;
    const next = { atMs: performance.now(), topPx, sparePx };
    const sinceMs = blankSinceMs ?? blankFrom(painted, next);
    if (sinceMs !== undefined) blankMs = Math.max(blankMs, next.atMs - sinceMs);
    // What the frame itself does not show stays blank until one does.
    blankSinceMs = sparePx < 0 ? (sinceMs ?? next.atMs) : undefined;
    painted = next;
  };
  // Tells that a frame is painted. But while it scrolls, Chromium draws the next frames before it runs
  // other tasks: those frames would be looked at as one. So each is looked at before the next is drawn too.
  const afterPaint = new MessageChannel();
  afterPaint.port1.onmessage = look;
  const onScroll = () => {
    look();
    topPx = scroller.scrollTop;
  };
  document.addEventListener('scroll', onScroll, { capture: true });
  const onFrame = () => {
    if (isOver) return;
    frames += 1;
    isPainting = true;
    afterPaint.port2.postMessage(undefined);
    requestAnimationFrame(onFrame);
  };
  requestAnimationFrame(onFrame);
  return () => {
    isOver = true;
    document.removeEventListener('scroll', onScroll, { capture: true });
    const elapsedMs = performance.now() - startedMs;
    return { frames, elapsedMs, blankMs, scrolledPx: scroller.scrollTop - fromPx };
  };
}

/**
 * Since when the end of the list was blank between two frames, if it was: the browser scrolls on by itself,
 * at an even pace, and what it comes to was not drawn by the first of them.
 */
function blankFrom(painted: Painted, next: Painted): number | undefined {
  const movedPx = next.topPx - painted.topPx;
  if (movedPx <= painted.sparePx) return undefined;
  return painted.atMs + ((next.atMs - painted.atMs) * painted.sparePx) / movedPx;
}

function spareOf(scroller: Element): number {
  const { bottom } = scroller.getBoundingClientRect();
  const atEnd = scroller.scrollTop + scroller.clientHeight >= scroller.scrollHeight - 1;
  if (atEnd) return Number.POSITIVE_INFINITY;
  // Rows that fly past are drawn together; others are used again, and stand in the document in any order.
  const flying = scroller.querySelector('.flying');
  const drawn = flying === null ? [...scroller.querySelectorAll('[role=row]')] : [flying];
  if (drawn.length === 0) return Number.POSITIVE_INFINITY;
  return Math.max(...drawn.map((row) => row.getBoundingClientRect().bottom)) - bottom;
}
