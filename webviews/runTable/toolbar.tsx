import type { ComponentChildren } from 'preact';
import { Icon, type IconName } from '../shared/icon';
import { useMediaQuery } from '../shared/useMediaQuery';

export type PanelName = 'columns' | 'group' | 'export';

export interface Opener {
  readonly panel: PanelName;
  readonly icon: IconName;
  readonly text: string;
}

interface ToolbarProps {
  readonly search: ComponentChildren;
  readonly views: ComponentChildren;
  readonly onOpen: (panel: PanelName, xPx: number, yPx: number) => void;
  /** Where there is no room for each: a menu of them. */
  readonly onMore: (openers: readonly Opener[], xPx: number, yPx: number) => void;
  readonly groupCount: number;
}

/** The search, and what the table shows of what it finds. */
export function Toolbar({ search, views, onOpen, onMore, groupCount }: ToolbarProps) {
  const isNarrow = useMediaQuery('(max-width: 420px)');
  const openers: readonly Opener[] = [
    { panel: 'columns', icon: 'columns', text: 'Columns' },
    { panel: 'group', icon: 'group', text: groupCount === 0 ? 'Group' : `Group (${groupCount})` },
    { panel: 'export', icon: 'export', text: 'Export' },
  ];
  return (
    <div class="toolbar" role="toolbar" aria-label="Table">
      {search}
      <span class="spacer" />
      {views}
      {isNarrow ? (
        <button
          type="button"
          class="plain-button opener"
          title="More…"
          aria-label="More of the table"
          aria-haspopup="menu"
          onClick={(event) => {
            const { left, bottom } = event.currentTarget.getBoundingClientRect();
            onMore(openers, left, bottom + 4);
          }}
        >
          <Icon name="more" />
        </button>
      ) : (
        openers.map(({ panel, icon, text }) => (
          <button
            key={panel}
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
        ))
      )}
    </div>
  );
}
