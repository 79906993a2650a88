import { useState } from 'preact/hooks';
import { formatAge } from '../../src/core/format/formatTime';
import { describeLeftOut, leftOutReasons } from '../../src/core/leaderboard/describeLeftOut';
import type { LeftOut } from '../../src/core/leaderboard/shownBoard';
import type { RunId } from '../../src/core/run/run';
import { Icon } from '../shared/icon';
import { useNow } from '../shared/useNow';
import { RunList } from './runList';
import { count } from './state';

interface LeftOutListProps {
  readonly leftOut: readonly LeftOut[];
  readonly onOpen: (runId: RunId) => void;
}

/** Which runs are not ranked, and why: nothing is dropped unsaid. */
export function LeftOutList({ leftOut, onOpen }: LeftOutListProps) {
  if (leftOut.length === 0) return null;
  const sorted = leftOut.toSorted(
    (a, b) => leftOutReasons.indexOf(a.reason) - leftOutReasons.indexOf(b.reason),
  );
  return (
    <section class="left-out" aria-labelledby="left-out-title">
      <h2 id="left-out-title">Left out</h2>
      {sorted.map((group) => (
        <Reason key={group.reason} group={group} onOpen={onOpen} />
      ))}
    </section>
  );
}

function Reason({
  group,
  onOpen,
}: {
  readonly group: LeftOut;
  readonly onOpen: LeftOutListProps['onOpen'];
}) {
  const [isOpen, setOpen] = useState(false);
  const nowMs = useNow(60_000);
  const { reason } = group;
  return (
    <div class="reason">
      <button
        type="button"
        class="plain-button"
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
      >
        <Icon name={isOpen ? 'opened' : 'forward'} />
        <span>
          <strong>{count(group.count, 'run')}</strong> {describeLeftOut(reason, group.count)}
        </span>
      </button>
      {isOpen && (
        <RunList
          label={describeLeftOut(reason, group.count)}
          runs={group.runs}
          runCount={group.count}
          onOpen={onOpen}
        >
          {({ startedAtMs }) => <span class="muted">{formatAge(startedAtMs, nowMs)}</span>}
        </RunList>
      )}
    </div>
  );
}
