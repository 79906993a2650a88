import { useLayoutEffect, useRef } from 'preact/hooks';
import { Icon } from '../shared/icon';

interface PinButtonProps {
  /** The key of the metric or param. */
  readonly name: string;
  readonly isPinned: boolean;
  readonly onPin: (isPinned: boolean) => void;
}

/** Brings a row to the top of its section and into the summary; seen where the row is pointed at. */
export function PinButton({ name, isPinned, onPin }: PinButtonProps) {
  const button = useRef<HTMLButtonElement>(null);
  const pressedBy = useRef<'keyboard' | 'pointer'>();
  useLayoutEffect(() => {
    // The row has moved, and what moves loses the focus; who points at the old place stays there.
    if (pressedBy.current) {
      button.current?.focus({ preventScroll: pressedBy.current === 'pointer' });
    }
    pressedBy.current = undefined;
  }, [isPinned]);
  return (
    <button
      ref={button}
      type="button"
      class="plain-button pin-button"
      aria-label={`Pin ${name}`}
      aria-pressed={isPinned}
      title={isPinned ? 'Unpin' : 'Pin to the Top and the Summary of Every Run'}
      onClick={({ detail }) => {
        pressedBy.current = detail === 0 ? 'keyboard' : 'pointer';
        onPin(!isPinned);
      }}
    >
      <Icon name={isPinned ? 'pinned' : 'pin'} />
    </button>
  );
}
