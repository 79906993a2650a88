import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { Icon, type IconName } from './icon';
import './menu.css';
import { menuItemsOf, onMenuKey } from './menuKeys';

export interface MenuItem {
  readonly text: string;
  readonly onChoose: () => void;
  readonly disabled?: boolean;
  /** Of an item that is on or off. */
  readonly checked?: boolean;
  /** A line above it. */
  readonly startsGroup?: boolean;
}

interface MenuButtonProps {
  readonly label: string;
  readonly icon?: IconName;
  readonly items: readonly MenuItem[];
  /** Whether Tab comes to it; default: yes. */
  readonly isTabStop?: boolean;
  /** Shown beside the icon, or in its place if there is none. */
  readonly text?: string;
}

/** A button that opens a menu below it. */
export function MenuButton(props: MenuButtonProps) {
  const { label, icon = 'more', items, isTabStop = true, text } = props;
  const [isOpen, setOpen] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const menu = useRef<HTMLDivElement>(null);

  useLayoutEffect(() => {
    const { current } = menu;
    const from = button.current?.getBoundingClientRect();
    if (!isOpen || current === null || from === undefined) return;
    const left = Math.min(
      from.right - current.offsetWidth,
      window.innerWidth - current.offsetWidth,
    );
    const below = from.bottom + 2;
    const fits = below + current.offsetHeight <= window.innerHeight;
    current.style.left = `${Math.max(4, left)}px`;
    current.style.top = `${Math.max(4, fits ? below : from.top - current.offsetHeight - 2)}px`;
    menuItemsOf(current)[0]?.focus();
  }, [isOpen]);

  useEffect(() => {
    if (!isOpen) return;
    const close = () => setOpen(false);
    const closeOutside = (event: MouseEvent) => {
      if (event.target instanceof Node && !root.current?.contains(event.target)) close();
    };
    document.addEventListener('mousedown', closeOutside);
    document.addEventListener('scroll', close, true);
    window.addEventListener('blur', close);
    return () => {
      document.removeEventListener('mousedown', closeOutside);
      document.removeEventListener('scroll', close, true);
      window.removeEventListener('blur', close);
    };
  }, [isOpen]);

  const leave = () => {
    setOpen(false);
    button.current?.focus();
  };

  const onKeyDown = (event: KeyboardEvent) => onMenuKey(event, menu.current, leave);

  return (
    <div ref={root} class="menu-button">
      <button
        ref={button}
        type="button"
        class={`plain-button ${text === undefined ? '' : 'with-text'}`}
        tabIndex={isTabStop ? 0 : -1}
        {...(text === undefined ? { 'aria-label': label } : {})}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        title={label}
        onClick={() => setOpen(!isOpen)}
      >
        {text}
        <Icon name={text === undefined ? icon : 'opened'} />
      </button>
      {isOpen && (
        <div ref={menu} role="menu" aria-label={label} class="menu" onKeyDown={onKeyDown}>
          {items.map((item) => (
            <button
              key={item.text}
              type="button"
              role={item.checked === undefined ? 'menuitem' : 'menuitemcheckbox'}
              {...(item.checked === undefined ? {} : { 'aria-checked': item.checked })}
              class={`menu-item ${item.startsGroup === true ? 'starts-group' : ''}`}
              disabled={item.disabled === true}
              tabIndex={-1}
              onClick={() => {
                leave();
                item.onChoose();
              }}
            >
              <span class="menu-check" aria-hidden="true">
                {item.checked === true ? '✓' : ''}
              </span>
              {item.text}
            </button>
          ))}
        </div>
      )}
    </div>
  );
}
