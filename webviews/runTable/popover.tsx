import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { useCloseOutside } from '../shared/popupMenu';

interface PopoverProps {
  readonly label: string;
  readonly class: string;
  readonly xPx: number;
  readonly yPx: number;
  readonly onClose: () => void;
  readonly children: ComponentChildren;
}

/** A small dialog at a place of the page; Escape and a click elsewhere close it. */
export function Popover({ label, class: name, xPx, yPx, onClose, children }: PopoverProps) {
  const dialog = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const element = dialog.current;
    if (element === null) return;
    const left = Math.min(xPx, window.innerWidth - element.offsetWidth - 4);
    const top = Math.min(yPx, window.innerHeight - element.offsetHeight - 4);
    element.style.left = `${Math.max(4, left)}px`;
    element.style.top = `${Math.max(4, top)}px`;
    element.querySelector<HTMLElement>('input, textarea, select, button')?.focus();
  }, [xPx, yPx]);
  useCloseOutside(dialog, onClose);
  return (
    <div
      ref={dialog}
      role="dialog"
      aria-label={label}
      class={`popover ${name}`}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key !== 'Escape') return;
        event.preventDefault();
        onClose();
      }}
    >
      {children}
    </div>
  );
}
