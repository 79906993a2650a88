import { parseSearch } from '../../../src/core/search/parseSearch';
import type { SearchError } from '../../../src/core/search/searchError';

/**
 * Whether who is still typing at the end of the text would mend the error by going on: then it is too
 * early to speak of it.
 */
export function isUnfinished(text: string, cursor: number, error: SearchError): boolean {
  if (cursor < text.trimEnd().length) return false;
  if (error.end >= text.trimEnd().length) return true;
  // An open parenthesis is complained of where it stands.
  const closed = parseSearch(`${text})`).error;
  return closed?.message !== error.message || closed.start !== error.start;
}
