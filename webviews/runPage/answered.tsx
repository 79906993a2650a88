import type { ComponentChildren } from 'preact';
import { Button, ProgressRing } from '../shared/controls';
import { Icon } from '../shared/icon';
import type { Answer } from './useAnswer';

interface AnsweredProps<T> {
  readonly answer: Answer<T>;
  /** What is read, for who waits for it. */
  readonly what: string;
  readonly children: (value: T) => ComponentChildren;
}

/** A section while it is read, where that fails, and what it shows. */
export function Answered<T>({ answer, what, children }: AnsweredProps<T>) {
  const { isThere, value, problem, retry } = answer;
  return (
    <>
      {problem !== undefined && (
        <div class="section-problem" role="alert">
          <Icon name="failed" class="status-failed" />
          <span>
            {what} could not be read: {problem}
          </span>
          <Button onClick={retry}>Try Again</Button>
        </div>
      )}
      {!isThere && problem === undefined && (
        <div class="section-loading">
          <ProgressRing label={`Reading ${what}`} />
        </div>
      )}
      {/* SAFETY: an answer that is there is what was asked for. */}
      {isThere && children(value as T)}
    </>
  );
}
