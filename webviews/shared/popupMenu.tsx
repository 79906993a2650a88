// biome-ignore-all lint/a11y/useAriaPropsSupportedByRole: only an item that can be checked says whether it is.
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { Icon } from './icon';
import './popupMenu.css';
import { menuItemsOf, onMenuKey } from './menuKeys';

export interface PopupMenuItem {
  readonly text: string;
  /** The keys that do the same, as the user reads them. */
  readonly keys?: string;
  readonly isDisabled?: boolean;
  /** Of several that exclude each other, or one that is on or off. */
  readonly isChecked?: boolean;
  readonly onChoose: () => void;
}

interface PopupMenuProps {
  readonly label: string;
  readonly xPx: number;
  readonly yPx: number;
  /** With a line between them. */
  readonly groups: readonly (readonly PopupMenuItem[])[];
  readonly onClose: () => void;
}

/** A menu at a place of the page, as VS Code's own: arrow keys, Escape, and a click elsewhere closes it. */
export function PopupMenu({ label, xPx, yPx, groups, onClose }: PopupMenuProps) {
  const menu = useRef<HTMLDivElement>(null);

  useLayoutEffect(() => {
    const element = menu.current;
    if (element === null) return;
    const left = Math.min(xPx, window.innerWidth - element.offsetWidth - 4);
    const top = Math.min(yPx, window.innerHeight - element.offsetHeight - 4);
    element.style.left = `${Math.max(4, left)}px`;
    element.style.top = `${Math.max(4, top)}px`;
    menuItemsOf(element)[0]?.focus();
  }, [xPx, yPx]);

  useCloseOutside(menu, onClose);

  const onKeyDown = (event: KeyboardEvent) => onMenuKey(event, menu.current, onClose);

  const shown = groups.filter((group) => group.length > 0);
  const hasChecks = shown.some((group) => group.some((item) => item.isChecked !== undefined));
  return (
    <div ref={menu} role="menu" aria-label={label} class="popup-menu" onKeyDown={onKeyDown}>
      {shown.map((group, at) => (
        <div key={group[0]?.text} role="presentation">
          {group.map((item) => (
            <button
              key={item.text}
              type="button"
              role={item.isChecked === undefined ? 'menuitem' : 'menuitemcheckbox'}
              aria-checked={item.isChecked}
              class="popup-menu-item"
              disabled={item.isDisabled}
              tabIndex={-1}
              onClick={() => {
                onClose();
                item.onChoose();
              }}
            >
              {hasChecks && (
                <span class="check">{item.isChecked === true && <Icon name="finished" />}</span>
              )}
              <span class="text">{item.text}</span>
              {item.keys !== undefined && <span class="keys">{item.keys}</span>}
            </button>
          ))}
          {at < shown.length - 1 && <hr />}
        </div>
      ))}
    </div>
  );
}

/** Calls `onClose` on a press outside the element, and when the page loses the focus. */
export function useCloseOutside(
  element: { readonly current: HTMLElement | null },
  onClose: () => void,
): void {
  const latest = useRef(onClose);
  latest.current = onClose;
  useEffect(() => {
    const close = () => latest.current();
    const closeOutside = (event: MouseEvent) => {
      if (event.target instanceof Node && !element.current?.contains(event.target)) close();
    };
    document.addEventListener('mousedown', closeOutside);
    window.addEventListener('blur', close);
    return () => {
      document.removeEventListener('mousedown', closeOutside);
      window.removeEventListener('blur', close);
    };
  }, [element]);
}
