import type { ComponentChild, RefObject } from 'preact';
import { useEffect, useLayoutEffect, useMemo, useReducer, useRef } from 'preact/hooks';
import { HeightIndex } from './heightIndex';

export interface ListHandle {
  /** Brings an item to the top, and keeps it there while heights above it are measured. */
  scrollTo(key: string): void;
  /** Places of all items, for the overview: from 0 to 1. */
  placeOf(key: string): { readonly top: number; readonly bottom: number } | undefined;
  /** Scrolls to a part of the whole, from 0 to 1. */
  scrollToPart(part: number): void;
}

interface VirtualListProps<T extends { readonly key: string }> {
  readonly items: readonly T[];
  readonly estimatePx: (item: T) => number;
  readonly draw: (item: T, index: number) => ComponentChild;
  /** What scrolls; the list may have other things above it. */
  readonly scroller: RefObject<HTMLElement>;
  readonly handle: RefObject<ListHandle>;
  /** Height of what stays at the top of the scroller. */
  readonly stickyPx: () => number;
  readonly onDrawn: (items: readonly T[]) => void;
}

/** Drawn above and below what is seen, so that a fast scroll shows no gap. */
const overscanPx = 700;

/**
 * A list that draws only what is near the visible part. Items have the height that they take; one
 * that turns out higher or lower than was thought never moves what the user looks at.
 */
export function VirtualList<T extends { readonly key: string }>(props: VirtualListProps<T>) {
  const { items, estimatePx, draw, scroller, handle, stickyPx, onDrawn } = props;
  const list = useRef<HTMLDivElement>(null);
  const index = useRef(new HeightIndex()).current;
  const [, redraw] = useReducer((version: number) => version + 1, 0);
  /** The item that must not move, and how far its top is above the visible part. */
  const anchor = useRef<{ readonly key: string; readonly offsetPx: number }>();
  const setByUs = useRef<number>();

  useMemo(() => {
    index.setItems(
      items.map(({ key }) => key),
      // SAFETY: the index is one of an item's.
      (at) => estimatePx(items[at] as T),
    );
  }, [items, estimatePx]);

  const listTop = () => list.current?.offsetTop ?? 0;
  const view = scroller.current;
  const seenTop = (view?.scrollTop ?? 0) - listTop();
  const start = index.indexAt(seenTop - overscanPx);
  const end = Math.min(
    items.length,
    index.indexAt(seenTop + (view?.clientHeight ?? 800) + overscanPx) + 1,
  );
  const drawn = items.slice(start, end);

  const holdAnchor = () => {
    const element = scroller.current;
    const held = anchor.current;
    const at = held && index.indexOf(held.key);
    if (!element || held === undefined || at === undefined) return;
    const wanted = Math.max(0, listTop() + index.topOf(at) + held.offsetPx);
    if (Math.abs(element.scrollTop - wanted) < 1) return;
    const before = element.scrollTop;
    element.scrollTop = wanted;
    // At either end there is no more to scroll.
    if (element.scrollTop === before) return;
    setByUs.current = element.scrollTop;
    redraw(0);
  };

  const observer = useMemo(
    () =>
      new ResizeObserver((entries) => {
        let news = false;
        for (const { target, borderBoxSize } of entries) {
          const key = target instanceof HTMLElement ? target.dataset.key : undefined;
          const heightPx = borderBoxSize[0]?.blockSize ?? 0;
          if (key !== undefined && target.isConnected && index.measure(key, heightPx)) news = true;
        }
        if (news) redraw(0);
      }),
    [],
  );
  useEffect(() => () => observer.disconnect(), []);

  useLayoutEffect(holdAnchor);
  useEffect(() => onDrawn(drawn), [start, end, items]);

  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const onScroll = () => {
      if (setByUs.current !== undefined && Math.abs(element.scrollTop - setByUs.current) < 2) {
        setByUs.current = undefined;
        return;
      }
      setByUs.current = undefined;
      const top = element.scrollTop - listTop() + stickyPx();
      const at = index.indexAt(top);
      const key = index.keyAt(at);
      anchor.current =
        top <= stickyPx() || key === undefined
          ? undefined
          : { key, offsetPx: element.scrollTop - listTop() - index.topOf(at) };
      redraw(0);
    };
    const resized = new ResizeObserver(() => redraw(0));
    resized.observe(element);
    element.addEventListener('scroll', onScroll, { passive: true });
    redraw(0);
    return () => {
      element.removeEventListener('scroll', onScroll);
      resized.disconnect();
    };
  }, []);

  handle.current = {
    scrollTo(key) {
      anchor.current = { key, offsetPx: -stickyPx() };
      holdAnchor();
    },
    placeOf(key) {
      const at = index.indexOf(key);
      const all = index.topOf(items.length);
      if (at === undefined || all === 0) return undefined;
      return { top: index.topOf(at) / all, bottom: index.topOf(at + 1) / all };
    },
    scrollToPart(part) {
      const key = index.keyAt(index.indexAt(part * index.topOf(items.length)));
      if (key !== undefined) this.scrollTo(key);
    },
  };

  return (
    <div ref={list} class="list" style={{ height: `${index.topOf(items.length)}px` }}>
      {drawn.map((item, offset) => (
        <Item key={item.key} id={item.key} topPx={index.topOf(start + offset)} observer={observer}>
          {draw(item, start + offset)}
        </Item>
      ))}
    </div>
  );
}

interface ItemProps {
  readonly id: string;
  readonly topPx: number;
  readonly observer: ResizeObserver;
  readonly children: ComponentChild;
}

function Item({ id, topPx, observer, children }: ItemProps) {
  const element = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const { current } = element;
    if (current === null) return;
    observer.observe(current);
    return () => observer.unobserve(current);
  }, []);
  return (
    <div ref={element} class="item" data-key={id} style={{ top: `${topPx}px` }}>
      {children}
    </div>
  );
}
