import type { ExtensionContext } from 'vscode';
import type { SearchHost } from '../protocol/searchHost';
import { readRecentSearches, rememberSearch } from './recentSearches';
import type { Services } from './services';

/** The host half of the search box of a page. */
export function createSearchHost(
  { workspaceState }: ExtensionContext,
  { reader }: Pick<Services, 'reader'>,
): SearchHost {
  return {
    readVocabulary: () => reader.readVocabulary(),
    readRecentSearches: async () => readRecentSearches(workspaceState),
    rememberSearch: (text) => rememberSearch(workspaceState, text),
  };
}
