import type { RunPageData, RunPageHost, RunPageState } from '../../src/protocol/runPage';
import { Button } from '../shared/controls';
import type { PageProps } from '../shared/mountPage';

/** In the place of a run that was deleted. */
export function Gone({ host, attempt }: PageProps<RunPageHost, RunPageState, RunPageData>) {
  return (
    <main class="empty">
      <h1>This run is not there any more</h1>
      <p>It was deleted. Until the window is closed, the last delete can be undone.</p>
      <Button onClick={() => attempt(host.act('undoDelete'))}>Undo Delete</Button>
    </main>
  );
}
