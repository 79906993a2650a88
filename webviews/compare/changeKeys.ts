import { useEffect } from 'preact/hooks';

/** Marks an element as a change that the keyboard goes to. */
export const changeMark = { 'data-change': '', tabIndex: -1 } as const;

type Key = Pick<KeyboardEvent, 'key' | 'shiftKey' | 'ctrlKey' | 'metaKey' | 'altKey'>;

/** The keys of VS Code's own diff editor, and `n` and `p`: 1 for the next change, -1 for the one before. */
export function changeStep(event: Key, isTyping: boolean): 1 | -1 | undefined {
  const { key, shiftKey, altKey } = event;
  if (event.ctrlKey || event.metaKey) return undefined;
  if ((key === 'F7' && !altKey) || (key === 'F5' && altKey)) return shiftKey ? -1 : 1;
  if (isTyping || altKey) return undefined;
  return key === 'n' ? 1 : key === 'p' ? -1 : undefined;
}

/** Goes to the change after or before the one that has the focus, round at either end. */
export function goToChange(step: 1 | -1): void {
  const changes = [...document.querySelectorAll<HTMLElement>('[data-change]')];
  if (changes.length === 0) return;
  const { activeElement } = document;
  const focused = activeElement instanceof HTMLElement ? changes.indexOf(activeElement) : -1;
  const at =
    focused === -1 ? (step === 1 ? 0 : changes.length - 1) : focused + step + changes.length;
  const next = changes[at % changes.length];
  next?.focus({ preventScroll: true });
  next?.scrollIntoView({ block: 'center', inline: 'nearest' });
}

export function useChangeKeys(): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const { target } = event;
      const isTyping =
        target instanceof HTMLElement &&
        target.matches('input, select, textarea, vscode-text-field, [contenteditable]');
      const step = changeStep(event, isTyping);
      if (step === undefined) return;
      event.preventDefault();
      goToChange(step);
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);
}
