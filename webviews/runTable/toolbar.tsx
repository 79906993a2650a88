import type { ComponentChildren } from 'preact';
import { Icon, type IconName } from '../shared/icon';

export type PanelName = 'columns' | 'group' | 'export';

interface ToolbarProps {
  readonly search: ComponentChildren;
  readonly views: ComponentChildren;
  readonly onOpen: (panel: PanelName, xPx: number, yPx: number) => void;
  readonly groupCount: number;
}

/** The search, and what the table shows of what it finds. */
export function Toolbar({ search, views, onOpen, groupCount }: ToolbarProps) {
  const opener = (panel: PanelName, icon: IconName, text: string) => (
    <button
      type="button"
      class="plain-button opener"
      title={`${text}…`}
      aria-haspopup={panel === 'columns' ? 'dialog' : 'menu'}
      onClick={(event) => {
        const { left, bottom } = event.currentTarget.getBoundingClientRect();
        onOpen(panel, left, bottom + 4);
      }}
    >
      <Icon name={icon} />
      <span class="opener-text">{text}</span>
    </button>
  );
  return (
    <div class="toolbar" role="toolbar" aria-label="Table">
      {search}
      <span class="spacer" />
      {views}
      {opener('columns', 'columns', 'Columns')}
      {opener('group', 'group', groupCount === 0 ? 'Group' : `Group (${groupCount})`)}
      {opener('export', 'export', 'Export')}
    </div>
  );
}
