import { Icon } from '../shared/icon';

interface PinButtonProps {
  /** The key of the metric or param. */
  readonly name: string;
  readonly isPinned: boolean;
  readonly onPin: (isPinned: boolean) => void;
}

/** Brings a row to the top of its section and into the summary; seen where the row is pointed at. */
export function PinButton({ name, isPinned, onPin }: PinButtonProps) {
  return (
    <button
      type="button"
      class="plain-button pin-button"
      aria-label={`Pin ${name}`}
      aria-pressed={isPinned}
      title={isPinned ? 'Unpin' : 'Pin to the Top and the Summary of Every Run'}
      onClick={() => onPin(!isPinned)}
    >
      <Icon name={isPinned ? 'pinned' : 'pin'} />
    </button>
  );
}
