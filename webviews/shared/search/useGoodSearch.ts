import { useMemo, useRef } from 'preact/hooks';
import { parseSearch } from '../../../src/core/search/parseSearch';

/** What to look for: the text, or while that has an error the last one that had none. */
export function useGoodSearch(text: string): string {
  const last = useRef('');
  return useMemo(() => {
    if (parseSearch(text).error === undefined) last.current = text;
    return last.current;
  }, [text]);
}
