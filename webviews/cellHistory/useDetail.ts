import { useEffect, useState } from 'preact/hooks';
import type { Remote } from '../../src/core/rpc';
import type {
  CellHistoryData,
  CellHistoryHost,
  VersionDetail,
} from '../../src/protocol/cellHistoryPage';

/**
 * A version in full, read again when the history changes. Until another one is read, the one before
 * stays, so that a scrubber does not flicker.
 */
export function useDetail(
  host: Remote<CellHistoryHost>,
  key: number | undefined,
  data: CellHistoryData,
  attempt: (action: Promise<void>) => void,
): VersionDetail | undefined {
  const [detail, setDetail] = useState<VersionDetail>();
  useEffect(() => {
    if (key === undefined) {
      setDetail(undefined);
      return;
    }
    let isOld = false;
    attempt(
      host.readVersion(key).then((read) => {
        if (!isOld) setDetail(read);
      }),
    );
    return () => {
      isOld = true;
    };
  }, [host, key, data]);
  return key === undefined ? undefined : detail;
}
