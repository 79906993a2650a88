import { formatDuration } from '../../src/core/format/formatTime';
import { durationMs } from '../../src/core/present/describeRun';
import { Button } from '../shared/controls';
import { Icon } from '../shared/icon';
import { StatusLabel } from '../shared/statusLabel';
import { useNow } from '../shared/useNow';
import { ActionMenu } from './actionMenu';
import { EditableName } from './editableName';
import type { SectionProps } from './sectionProps';

/** What the run is called and how it stands, and what can be done with it. */
export function Header(props: SectionProps) {
  const { data, run, host, attempt, state, setState } = props;
  const { parent, newer, older } = data;
  const isRunning = run.status === 'running';
  return (
    <header class="head">
      <div class="head-row">
        {parent && (
          <Button
            title={`Open ${parent.name}, of which this is a part`}
            onClick={() => attempt(host.showRun(parent.runId))}
          >
            {parent.name}
          </Button>
        )}
        <EditableName
          name={data.name}
          given={run.name}
          onRename={(value) => attempt(host.editRun({ field: 'name', value }))}
        />
        <Button
          look="icon"
          label={run.starred ? 'Remove star' : 'Star'}
          title={run.starred ? 'Remove Star' : 'Star'}
          pressed={run.starred}
          onClick={() => attempt(host.editRun({ field: 'starred', value: !run.starred }))}
        >
          <Icon name={run.starred ? 'starred' : 'star'} class={run.starred ? 'starred' : ''} />
        </Button>
        <StatusLabel status={run.status} />
        {isRunning && <Elapsed startedAtMs={run.startedAtMs} />}
        <span class="spacer" />
        <div class="head-nav" role="toolbar" aria-label="Run">
          {isRunning && <Button onClick={() => attempt(host.act('stopRun'))}>Stop</Button>}
          <Button onClick={() => attempt(host.act('showCharts'))}>Charts</Button>
          <Button
            disabled={data.sinceBefore === undefined}
            title={
              data.sinceBefore
                ? `What changed since ${data.sinceBefore.to.name}`
                : 'This is the first run of its experiment'
            }
            onClick={() => attempt(host.act('compareWithPrevious'))}
          >
            What Changed?
          </Button>
          <ActionMenu {...props} />
          <Button
            look="icon"
            label="Newer run"
            title={newer ? `Newer Run: ${newer.name}` : 'This is the newest run'}
            disabled={newer === undefined}
            onClick={() => newer && attempt(host.showRun(newer.runId))}
          >
            <Icon name="up" />
          </Button>
          <Button
            look="icon"
            label="Older run"
            title={older ? `Older Run: ${older.name}` : 'This is the oldest run'}
            disabled={older === undefined}
            onClick={() => older && attempt(host.showRun(older.runId))}
          >
            <Icon name="down" />
          </Button>
          <Button
            look="icon"
            label="Keep open"
            title="Keep Open: the next run opens beside this one, not in its place"
            pressed={state.isKept}
            onClick={() => setState({ isKept: !state.isKept })}
          >
            <Icon name={state.isKept ? 'pinned' : 'pin'} />
          </Button>
        </div>
      </div>
    </header>
  );
}

function Elapsed({ startedAtMs }: { readonly startedAtMs: number }) {
  const nowMs = useNow(1000);
  return <span class="muted elapsed">{formatDuration(durationMs({ startedAtMs }, nowMs))}</span>;
}
