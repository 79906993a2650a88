import { Button } from './controls';
import { Icon } from './icon';

interface ProblemBarProps {
  readonly problem: string | undefined;
  readonly onDismiss: () => void;
  /** Where the page has nothing to show without the answer: asks again. */
  readonly onRetry?: (() => void) | undefined;
}

/** Says what went wrong, until it is dismissed or the next answer comes. */
export function ProblemBar({ problem, onDismiss, onRetry }: ProblemBarProps) {
  return (
    <div role="alert">
      {problem === undefined ? undefined : (
        <div class="problem-bar">
          <Icon name="failed" class="status-failed" />
          <span class="problem-text">{problem}</span>
          {onRetry && <Button onClick={onRetry}>Try Again</Button>}
          <Button look="icon" label="Dismiss" onClick={onDismiss}>
            <Icon name="close" />
          </Button>
        </div>
      )}
    </div>
  );
}
