import { statusWords } from '../../src/core/present/describeRun';
import type { RunStatus } from '../../src/core/run/run';
import { Icon } from './icon';

/** The state of a run as icon and word, never colour alone. */
export function StatusLabel({ status }: { readonly status: RunStatus }) {
  return (
    <span class={`status status-${status}`}>
      <Icon name={status} />
      {statusWords[status]}
    </span>
  );
}
