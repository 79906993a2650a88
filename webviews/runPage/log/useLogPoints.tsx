import type { VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { Remote } from '../../../src/core/rpc';
import type { RunPageHost, ShownLogSize } from '../../../src/protocol/runPage';
import { Button } from '../../shared/controls';

/** A log of so many bytes is read for its metrics in a second or so, without being asked. */
const readAtOnceBytes = 8_000_000;

/** Reads which lines of the log gave metrics, and says how far that is. */
export function useLogPoints(
  host: Remote<RunPageHost>,
  runId: string,
  { sizeBytes, isWhole }: ShownLogSize,
  attempt: (action: Promise<void>) => void,
): { readonly isRead: number; readonly view: VNode | undefined } {
  const [share, setShare] = useState<number>();
  const [isAsked, setAsked] = useState(false);
  const isWanted = isAsked || (isWhole && sizeBytes <= readAtOnceBytes);
  useEffect(() => {
    if (!isWanted) return;
    let isOver = false;
    attempt(
      readPoints(host, (next) => {
        if (!isOver) setShare(next);
        return isOver;
      }),
    );
    return () => {
      isOver = true;
    };
  }, [host, runId, isWanted, sizeBytes]);
  const isDone = share === 1;
  const view = isWanted ? (
    share !== undefined && !isDone && sizeBytes > readAtOnceBytes ? (
      <span class="muted" role="status">
        Finding metrics: {Math.floor(share * 100)}%
      </span>
    ) : undefined
  ) : (
    <Button title="Mark the lines that gave metrics" onClick={() => setAsked(true)}>
      Find Metrics
    </Button>
  );
  return { isRead: isDone ? sizeBytes : 0, view };
}

/** Reads on to the end. @param onShare gives true to stop. */
export async function readPoints(
  host: Remote<RunPageHost>,
  onShare: (share: number) => boolean,
): Promise<void> {
  for (;;) {
    const share = await host.readLogPoints();
    if (onShare(share) || share >= 1) return;
  }
}
