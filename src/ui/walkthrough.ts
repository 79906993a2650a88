import { commands, Disposable, type ExtensionContext } from 'vscode';
import { setContextKey } from '../platform/contextKeys';
import { commandIds, contextKeyIds, walkthroughIds } from '../platform/contributionIds';
import type { Services } from './services';

/** The steps under *Get Started*: opened when asked for, and told when there are runs. */
export function registerWalkthrough(
  { extension }: ExtensionContext,
  { cache, register }: Pick<Services, 'cache' | 'register'>,
): Disposable {
  let hasRuns = false;
  const tell = () => {
    if (hasRuns === cache.runs().length > 0) return;
    hasRuns = !hasRuns;
    setContextKey(contextKeyIds.hasRuns, hasRuns);
  };
  const stop = cache.onDidChange(({ runs }) => {
    if (runs) tell();
  });
  return Disposable.from(
    new Disposable(stop),
    register(commandIds.openWalkthrough, async () => {
      const id = `${extension.id}#${walkthroughIds.start}`;
      // VS Code ticks off a step when its key changes while it knows the step, which is from the first
      // opening on; a key that is set by then never counts.
      setContextKey(contextKeyIds.hasRuns, false);
      try {
        await commands.executeCommand('workbench.action.openWalkthrough', id, false);
      } finally {
        setContextKey(contextKeyIds.hasRuns, hasRuns);
      }
    }),
  );
}
