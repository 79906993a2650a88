import type { RefObject } from 'preact';
import { useEffect } from 'preact/hooks';

/** Measures an element anew whenever its size changes, and when `measure` is another function. */
export function useResize(element: RefObject<HTMLElement>, measure: () => void): void {
  useEffect(() => {
    const { current } = element;
    if (current === null) return;
    const observer = new ResizeObserver(measure);
    observer.observe(current);
    return () => observer.disconnect();
  }, [measure]);
}
