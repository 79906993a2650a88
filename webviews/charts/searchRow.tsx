import { useEffect, useRef, useState } from 'preact/hooks';
import type { Remote } from '../../src/core/rpc';
import type { ChartsHost } from '../../src/protocol/chartsPage';
import { Button } from '../shared/controls';
import { Icon } from '../shared/icon';
import { RunSearch } from '../shared/runSearch';
import { useGoodSearch } from '../shared/search/useGoodSearch';

interface SearchRowProps {
  readonly host: Remote<ChartsHost>;
  /** The search that is followed. */
  readonly search: string;
  readonly attempt: (action: Promise<void>) => void;
  /** Follow the newest run again. */
  readonly onClose: () => void;
}

/** So long the user rests before the charts follow what is written. */
const restMs = 300;

/** The search whose runs are shown, now and later. */
export function SearchRow({ host, search, attempt, onClose }: SearchRowProps) {
  const [written, setWritten] = useState(search);
  /** What the host follows, and what it was asked to follow since. */
  const asked = useRef([search]);
  const good = useGoodSearch(written);
  // What the host was asked to follow comes back later, and must not take the place of what was written since.
  useEffect(() => {
    const at = asked.current.indexOf(search);
    if (at < 0) setWritten(search);
    asked.current = at < 0 ? [search] : asked.current.slice(at);
  }, [search]);
  useEffect(() => {
    if (good === search || good.trim() === '') return;
    const follow = () => {
      asked.current = [...asked.current, good];
      attempt(host.showRuns({ runIds: [], search: good }));
    };
    const timer = setTimeout(follow, restMs);
    return () => clearTimeout(timer);
  }, [good]);
  return (
    <div class="search-row">
      <RunSearch
        label="Follow the runs that match"
        placeholder="Show all runs that match, as metrics.val_acc > 0.9 AND params.lr < 0.01"
        {...{ host, version: search, value: written }}
        onChange={setWritten}
      />
      <Button look="icon" label="Stop following the search" onClick={onClose}>
        <Icon name="close" />
      </Button>
    </div>
  );
}
