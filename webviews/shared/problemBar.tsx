import { Button } from './controls';
import { Icon } from './icon';

interface ProblemBarProps {
  readonly problem: string | undefined;
  readonly onDismiss: () => void;
}

/** Says what went wrong, until it is dismissed or the next answer comes. */
export function ProblemBar({ problem, onDismiss }: ProblemBarProps) {
  return (
    <div role="alert">
      {problem === undefined ? undefined : (
        <div class="problem-bar">
          <Icon name="failed" class="status-failed" />
          <span class="problem-text">{problem}</span>
          <Button look="icon" label="Dismiss" onClick={onDismiss}>
            <Icon name="close" />
          </Button>
        </div>
      )}
    </div>
  );
}
