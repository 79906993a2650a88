import { parseSearch } from '../../../src/core/search/parseSearch';
import type { SearchVocabulary } from '../../../src/core/search/suggestSearch';
import { mountPage, type PageProps } from '../../../webviews/shared/mountPage';
import { SearchBox } from '../../../webviews/shared/searchBox';
import './style.css';

/** What a page around the box asks of its host. */
export interface SearchBoxHost {
  readVocabulary(): Promise<SearchVocabulary>;
  /** Told all that the box says. */
  changed(text: string, isSearch: boolean): Promise<void>;
  entered(text: string): Promise<void>;
}

export interface SearchBoxState {
  readonly search: string;
  readonly recent: readonly string[];
}

/** A page of nothing but the box, and rows under it. */
function View({
  host,
  state,
  setState,
  data,
}: PageProps<SearchBoxHost, SearchBoxState, SearchVocabulary>) {
  return (
    <div class="page">
      <div class="toolbar" role="toolbar" aria-label="Runs">
        <SearchBox
          label="Search runs"
          placeholder="Search by words, or metrics.val_acc > 0.9"
          value={state.search}
          vocabulary={data}
          recent={state.recent}
          onChange={(search, node) => {
            setState({ search });
            void host.changed(search, node !== undefined);
          }}
          onEntered={(text) => void host.entered(text)}
        />
        <button type="button" onClick={() => setState({ search: 'params.lr < 0.1' })}>
          Other Search
        </button>
      </div>
      <main>{parseSearch(state.search).node === undefined ? 'Rows of before' : 'Rows'}</main>
    </div>
  );
}

mountPage<SearchBoxHost, object, SearchBoxState, SearchVocabulary>({
  read: (host) => host.readVocabulary(),
  serve: () => ({}),
  View,
});
