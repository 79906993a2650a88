import type { ComponentChildren } from 'preact';
import type { Remote } from '../../src/core/rpc';
import type { FirstRunHost } from '../../src/protocol/firstRunHost';
import { Button } from './controls';
import type { PageProps } from './mountPage';

interface Props {
  readonly title: string;
  readonly host: Remote<FirstRunHost>;
  readonly attempt: PageProps<FirstRunHost, object, unknown>['attempt'];
  /** What this page will show then. */
  readonly children: ComponentChildren;
}

/** In the place of a page's content while nothing is recorded: the one thing to do, and where to learn more. */
export function FirstRun({ title, host, attempt, children }: Props) {
  return (
    <main class="empty">
      <h1>{title}</h1>
      <p>
        Train as you always do, for example with <code>python train.py --lr 0.01</code> in the
        terminal, or run a training cell of a notebook. It is recorded by itself.
      </p>
      <p>{children}</p>
      <div class="empty-actions">
        <Button look="primary" onClick={() => attempt(host.openTerminal())}>
          Open a Terminal
        </Button>
        <Button onClick={() => attempt(host.openWalkthrough())}>Open Walkthrough</Button>
      </div>
    </main>
  );
}
