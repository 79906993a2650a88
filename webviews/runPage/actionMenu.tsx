import type { RunAction } from '../../src/protocol/runPage';
import { MenuButton, type MenuItem } from '../shared/menuButton';
import type { SectionProps } from './sectionProps';

/** What can be done with the run, less often than what has a button of its own. */
export function ActionMenu({ data, run, host, attempt }: SectionProps) {
  const item = (action: RunAction, text: string, more: Partial<MenuItem> = {}): MenuItem => ({
    text,
    onChoose: () => attempt(host.act(action)),
    ...more,
  });
  const hasLog = run.logBytes > 0;
  return (
    <MenuButton
      label="More actions"
      items={[
        item('openSource', 'Open Source'),
        item('openLog', 'Open Log in an Editor', { disabled: !hasLog }),
        item('showHistory', 'Show History in One Chart'),
        item('teachMetric', 'Teach a Metric…', { disabled: !hasLog }),
        ...(data.sinceBaseline
          ? [item('compareWithBaseline', 'What Changed Since the Baseline?')]
          : []),
        item('runAgain', 'Run Again', { disabled: !data.canRunAgain, startsGroup: true }),
        ...(run.source.kind === 'notebook'
          ? []
          : [
              item('runAgainWith', 'Run Again with Changed Params…', {
                disabled: !data.canRunAgain,
              }),
            ]),
        item('tag', 'Tag…', { startsGroup: true }),
        data.isBaseline
          ? item('removeBaseline', 'Remove as Baseline')
          : item('setBaseline', 'Set as Baseline'),
        {
          text: run.archivedAtMs === undefined ? 'Archive' : 'Bring Back from the Archive',
          startsGroup: true,
          onChoose: () =>
            attempt(
              host.editRun({
                field: 'archivedAtMs',
                value: run.archivedAtMs === undefined ? Date.now() : undefined,
              }),
            ),
        },
        item('delete', 'Delete'),
        item('deleteForGood', 'Delete for Good…', { disabled: run.status === 'running' }),
      ]}
    />
  );
}
