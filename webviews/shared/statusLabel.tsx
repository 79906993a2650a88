import type { RunStatus } from '../../src/core/run/run';
import { Icon } from './icon';

const words: Readonly<Record<RunStatus, string>> = {
  running: 'Running',
  finished: 'Finished',
  failed: 'Failed',
  killed: 'Killed',
  interrupted: 'Interrupted',
};

/** The state of a run as icon and word, never colour alone. */
export function StatusLabel({ status }: { readonly status: RunStatus }) {
  return (
    <span class={`status status-${status}`}>
      <Icon name={status} />
      {words[status]}
    </span>
  );
}
