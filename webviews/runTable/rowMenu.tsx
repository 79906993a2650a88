import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { type Command, menuCommands } from './commands';

interface RowMenuProps {
  readonly xPx: number;
  readonly yPx: number;
  readonly runCount: number;
  readonly onChoose: (command: Command) => void;
  readonly onClose: () => void;
}

/** The context menu of the selected runs. */
export function RowMenu({ xPx, yPx, runCount, onChoose, onClose }: RowMenuProps) {
  const menu = useRef<HTMLDivElement>(null);

  useLayoutEffect(() => {
    const element = menu.current;
    if (element === null) return;
    const left = Math.min(xPx, window.innerWidth - element.offsetWidth - 4);
    const top = Math.min(yPx, window.innerHeight - element.offsetHeight - 4);
    element.style.left = `${Math.max(4, left)}px`;
    element.style.top = `${Math.max(4, top)}px`;
    itemsOf(element)[0]?.focus();
  }, [xPx, yPx]);

  useEffect(() => {
    const closeOutside = (event: MouseEvent) => {
      if (event.target instanceof Node && !menu.current?.contains(event.target)) onClose();
    };
    document.addEventListener('mousedown', closeOutside);
    window.addEventListener('blur', onClose);
    return () => {
      document.removeEventListener('mousedown', closeOutside);
      window.removeEventListener('blur', onClose);
    };
  }, [onClose]);

  const onKeyDown = (event: KeyboardEvent) => {
    const items = menu.current === null ? [] : itemsOf(menu.current);
    const active = document.activeElement;
    const at = active instanceof HTMLElement ? items.indexOf(active) : -1;
    const last = items.length - 1;
    const targets: Readonly<Record<string, number>> = {
      ArrowDown: at === last ? 0 : at + 1,
      ArrowUp: at <= 0 ? last : at - 1,
      Home: 0,
      End: last,
    };
    const target = targets[event.key];
    if (event.key === 'Escape' || event.key === 'Tab') onClose();
    else if (target !== undefined) items[target]?.focus();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <div ref={menu} role="menu" aria-label="Run actions" class="menu" onKeyDown={onKeyDown}>
      {menuCommands.map((group, at) => (
        <div key={group[0]?.text} role="presentation" class="menu-group">
          {group.map((command) => (
            <button
              key={command.text}
              type="button"
              role="menuitem"
              class="menu-item"
              disabled={!command.enabled(runCount)}
              tabIndex={-1}
              onClick={() => onChoose(command)}
            >
              <span>{command.text}</span>
              {command.keys === undefined ? undefined : <span class="keys">{command.keys}</span>}
            </button>
          ))}
          {at === menuCommands.length - 1 ? undefined : <hr />}
        </div>
      ))}
    </div>
  );
}

function itemsOf(menu: HTMLElement): HTMLElement[] {
  return [...menu.querySelectorAll<HTMLElement>('[role=menuitem]:not([disabled])')];
}
