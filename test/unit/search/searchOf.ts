import { parseSearch } from '../../../src/core/search/parseSearch';
import type { SearchNode } from '../../../src/core/search/searchNode';

/** The search that a text is; throws if it is none. */
export function searchOf(text: string): SearchNode {
  const { node, error } = parseSearch(text);
  if (error) throw new Error(`${error.message} (${text})`);
  return node;
}
