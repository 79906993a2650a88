import { useEffect, useState } from 'preact/hooks';
import type { Remote } from '../../src/core/rpc';
import type { SearchVocabulary } from '../../src/core/search/suggestSearch';
import type { SearchHost } from '../../src/protocol/searchHost';
import { SearchBox } from './searchBox';

interface RunSearchProps {
  readonly host: Remote<SearchHost>;
  readonly label?: string;
  readonly placeholder?: string;
  /** Another one whenever runs may have changed: then what completes is asked for again. */
  readonly version: unknown;
  readonly value: string;
  /** While the text has an error, `useGoodSearch` gives what is to be shown. */
  readonly onChange: (text: string) => void;
}

/** Live runs change often; what there is to complete with seldom. */
const askAgainMs = 3000;

/** The search box of a page that shows runs. */
export function RunSearch({ host, version, value, onChange, ...words }: RunSearchProps) {
  const {
    label = 'Search runs',
    placeholder = 'Search: words, or best(metrics.val_acc) > 0.9 AND params.lr < 0.01',
  } = words;
  const [vocabulary, setVocabulary] = useState<SearchVocabulary>();
  const [recent, setRecent] = useState<readonly string[]>([]);
  useEffect(() => {
    const ask = () => {
      // A box without completion is still one: the page itself says what is wrong.
      host.readVocabulary().then(setVocabulary, () => undefined);
      host.readRecentSearches().then(setRecent, () => undefined);
    };
    const timer = setTimeout(ask, vocabulary === undefined ? 0 : askAgainMs);
    return () => clearTimeout(timer);
  }, [host, version]);
  return (
    <SearchBox
      {...{ label, placeholder, value, vocabulary, recent, onChange }}
      onEntered={(text) => {
        setRecent((before) => [text, ...before.filter((each) => each !== text)]);
        host.rememberSearch(text).catch(() => undefined);
      }}
    />
  );
}
