/** What can be chosen in the element of a menu, in order. */
export function menuItemsOf(menu: HTMLElement): HTMLElement[] {
  return [...menu.querySelectorAll<HTMLElement>('[role^=menuitem]:not([disabled])')];
}

/** Goes through a menu by its keys: arrows round and round, Home, End; Escape and Tab leave it. */
export function onMenuKey(event: KeyboardEvent, menu: HTMLElement | null, leave: () => void): void {
  const items = menu === null ? [] : menuItemsOf(menu);
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
  if (event.key === 'Escape' || event.key === 'Tab') leave();
  else if (target !== undefined) items[target]?.focus();
  else return;
  event.preventDefault();
  event.stopPropagation();
}
