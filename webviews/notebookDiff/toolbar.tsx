import type { ApplyTarget, DiffParts } from '../../src/protocol/notebookDiffPage';
import { Button, Checkbox } from '../shared/controls';
import { Icon } from '../shared/icon';

interface ToolbarProps {
  readonly changes: number;
  /** Which change is the current one, from 1. */
  readonly at: number | undefined;
  readonly onGo: (by: 1 | -1) => void;
  readonly inline: boolean;
  /** There is no room for two columns. */
  readonly isNarrow: boolean;
  readonly onLayout: () => void;
  readonly parts: DiffParts;
  readonly onParts: (parts: DiffParts) => void;
  readonly hideUnchanged: boolean;
  readonly onHideUnchanged: (hide: boolean) => void;
  readonly showNoise: boolean;
  readonly onNoise: (show: boolean) => void;
  readonly onFind: () => void;
  readonly target: ApplyTarget;
  readonly onApplyAll: () => void;
  readonly onOpenNotebook: () => void;
  readonly canRestore: boolean;
  readonly onRestore: () => void;
  readonly onOpenDiff: () => void;
  readonly onHelp: () => void;
}

const partsTexts: Readonly<Record<DiffParts, string>> = {
  all: 'Sources and outputs',
  sources: 'Only sources',
  outputs: 'Only outputs',
};
export const partsOrder: readonly DiffParts[] = ['all', 'sources', 'outputs'];

export function Toolbar(props: ToolbarProps) {
  const { changes, at, target } = props;
  return (
    <div class="toolbar" role="toolbar" aria-label="Notebook diff">
      <Button
        disabled={changes === 0}
        look="icon"
        label="Previous Change"
        title="Previous change (Shift+F7 or P)"
        onClick={() => props.onGo(-1)}
      >
        <Icon name="up" />
      </Button>
      <Button
        disabled={changes === 0}
        look="icon"
        label="Next Change"
        title="Next change (F7 or N)"
        onClick={() => props.onGo(1)}
      >
        <Icon name="down" />
      </Button>
      <span class="muted change-count">
        {changes === 0 ? 'No changes' : `${at ?? '–'} of ${changes}`}
      </span>
      <Button
        pressed={props.inline}
        disabled={props.isNarrow}
        title={props.isNarrow ? 'There is no room for two columns' : 'Side by side or inline (I)'}
        onClick={props.onLayout}
      >
        Inline
      </Button>
      <select
        class="select"
        aria-label="What is shown"
        title="What is shown (O)"
        value={props.parts}
        onChange={(event) => {
          const chosen = partsOrder.find((each) => each === event.currentTarget.value);
          if (chosen !== undefined) props.onParts(chosen);
        }}
      >
        {partsOrder.map((each) => (
          <option key={each} value={each}>
            {partsTexts[each]}
          </option>
        ))}
      </select>
      <Checkbox checked={props.hideUnchanged} onChange={props.onHideUnchanged}>
        Hide unchanged
      </Checkbox>
      <Checkbox checked={props.showNoise} onChange={props.onNoise}>
        Show noise
      </Checkbox>
      <Button look="icon" label="Find" title="Find (Ctrl+F)" onClick={props.onFind}>
        <Icon name="search" />
      </Button>
      <span class="spacer" />
      <ApplyAll
        target={target}
        disabled={changes === 0}
        onApplyAll={props.onApplyAll}
        onOpenNotebook={props.onOpenNotebook}
      />
      {props.canRestore && <Button onClick={props.onRestore}>Restore Old Version</Button>}
      <Button onClick={props.onOpenDiff}>Open in VS Code's Diff</Button>
      <Button look="icon" label="Keys" title="Keys (?)" onClick={props.onHelp}>
        ?
      </Button>
    </div>
  );
}

interface ApplyAllProps {
  readonly target: ApplyTarget;
  readonly disabled: boolean;
  readonly onApplyAll: () => void;
  readonly onOpenNotebook: () => void;
}

function ApplyAll({ target, disabled, onApplyAll, onOpenNotebook }: ApplyAllProps) {
  if ('side' in target) {
    return (
      <Button
        disabled={disabled}
        title="Brings all changes into the open notebook, as one edit that Undo takes back there"
        onClick={onApplyAll}
      >
        {target.side === 'new' ? 'Revert All' : 'Take All'}
      </Button>
    );
  }
  if (target.canOpen) {
    return (
      <Button title={target.reason} onClick={onOpenNotebook}>
        Open Notebook to Apply
      </Button>
    );
  }
  return <span class="muted apply-reason">{target.reason}</span>;
}
