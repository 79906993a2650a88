import { verdictMarks } from '../../src/core/table/delta';
import { Button } from '../shared/controls';
import { MenuButton } from '../shared/menuButton';
import { useMediaQuery } from '../shared/useMediaQuery';
import { type Command, type CommandContext, type CommandTarget, toolbarCommands } from './commands';
import type { ShownTable } from './useTable';

interface StatusLineProps {
  readonly table: ShownTable;
  readonly target: CommandTarget;
  readonly context: CommandContext;
  readonly baselineName: string | undefined;
  readonly onCommand: (command: Command) => void;
  readonly onShowFresh: () => void;
  readonly onRemoveBaseline: () => void;
}

/** What is shown, what is chosen, and what can be done with it. */
export function StatusLine(props: StatusLineProps) {
  const { table, target, context, baselineName, onCommand, onShowFresh } = props;
  const { newCount, isOutdated } = table.facts;
  // Side by side they would take several lines.
  const isNarrow = useMediaQuery('(max-width: 540px)');
  return (
    <div class="toolbar status-line" role="toolbar" aria-label="Runs">
      {isNarrow ? (
        <MenuButton
          label="What can be done with the selected runs"
          text="Actions"
          items={toolbarCommands.map((command) => ({
            text: command.text,
            disabled: !command.isEnabled(target, context),
            onChoose: () => onCommand(command),
          }))}
        />
      ) : (
        toolbarCommands.map((command) => (
          <Button
            key={command.text}
            look="secondary"
            disabled={!command.isEnabled(target, context)}
            onClick={() => onCommand(command)}
          >
            {command.text}
          </Button>
        ))
      )}
      <span class="spacer" />
      {baselineName !== undefined && (
        <span class="baseline-name muted">
          <span class="baseline-text" title={baselineName}>
            Baseline: {baselineName}
          </span>
          <span>{` ${verdictMarks.better} better ${verdictMarks.worse} worse`}</span>
          <button type="button" class="link" onClick={props.onRemoveBaseline}>
            Remove<span class="visually-hidden"> baseline</span>
          </button>
        </span>
      )}
      {(newCount > 0 || isOutdated) && (
        <button type="button" class="link fresh" onClick={onShowFresh}>
          {newCount > 0
            ? `${newCount} new ${newCount === 1 ? 'run' : 'runs'}: Show`
            : 'The order has changed: Update'}
        </button>
      )}
      <span class="muted counts" role="status">
        {countText(table, target.slots.length)}
      </span>
    </div>
  );
}

function countText({ facts, alikeCount, isGrouping }: ShownTable, selected: number): string {
  const { order, runCount } = facts;
  const shown = order.length;
  // A search can also find archived and deleted runs, which are not counted.
  const all = Math.max(runCount, shown);
  const runs = all === 1 ? 'run' : 'runs';
  const total = all.toLocaleString('en');
  return [
    shown === all ? `${total} ${runs}` : `${shown.toLocaleString('en')} of ${total} ${runs}`,
    selected === 0 ? '' : `, ${selected.toLocaleString('en')} selected`,
    alikeCount === 0 ? '' : `, ${alikeCount} columns without differences hidden`,
    isGrouping ? ', grouping…' : '',
  ].join('');
}
