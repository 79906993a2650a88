import { useMemo, useRef } from 'preact/hooks';
import { parseSearch } from '../../../src/core/search/parseSearch';
import type { SearchNode } from '../../../src/core/search/searchNode';

/** What a text asks for; while it has an error, what the last text without one asked for. */
export function useSearchNode(text: string): SearchNode | undefined {
  const last = useRef<SearchNode>();
  return useMemo(() => {
    last.current = parseSearch(text).node ?? last.current;
    return last.current;
  }, [text]);
}
