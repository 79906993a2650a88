import type { RefObject } from 'preact';
import { useEffect, useState } from 'preact/hooks';

/** So far before it is scrolled into view a chart is made. */
const aheadPx = 200;

/**
 * Whether an element is in view, or soon will be: a page may have a hundred charts.
 *
 * @param isFirst it most likely is: its chart need not wait until that is known.
 */
export function useInView(element: RefObject<HTMLElement>, isFirst: boolean): boolean {
  const [isInView, setInView] = useState(isFirst);
  useEffect(() => {
    const { current } = element;
    if (current === null) return;
    const observer = new IntersectionObserver(
      (entries) => setInView(entries.at(-1)?.isIntersecting === true),
      { rootMargin: `${aheadPx}px 0px` },
    );
    observer.observe(current);
    return () => observer.disconnect();
  }, []);
  return isInView;
}
