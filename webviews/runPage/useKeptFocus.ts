import { useLayoutEffect } from 'preact/hooks';

/**
 * For what holds rows that change places: what is moved in the page loses the focus, and gets it back
 * here. Nothing is taken from who went elsewhere.
 */
export function useKeptFocus(): void {
  // Read before the rows are moved.
  const { activeElement: focused } = document;
  const isByKeyboard = focused?.matches(':focus-visible') === true;
  useLayoutEffect(() => {
    const isLost = document.activeElement === document.body && focused !== document.body;
    if (!isLost || !(focused instanceof HTMLElement) || !document.hasFocus()) return;
    // Who points at the old place stays there.
    focused.focus({ preventScroll: !isByKeyboard });
  });
}
