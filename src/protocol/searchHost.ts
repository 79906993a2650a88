import type { SearchVocabulary } from '../core/search/suggestSearch';

/** What the search box of a page asks of its host. */
export interface SearchHost {
  /** What there is to complete with. */
  readVocabulary(): Promise<SearchVocabulary>;
  /** What was searched for in this workspace, on whatever page; the last first. */
  readRecentSearches(): Promise<readonly string[]>;
  rememberSearch(text: string): Promise<void>;
}
