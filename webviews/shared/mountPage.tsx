import { type ComponentType, render } from 'preact';
import { createRpc, type Remote } from '../../src/core/rpc';
import { registerControls } from './controls';
import { createHostChannel } from './host';
import { createRefresher } from './refresher';

export interface PageProps<THost, TState, TData> {
  readonly host: Remote<THost>;
  /** What survives a reload of the page. */
  readonly state: TState;
  readonly setState: (patch: Partial<TState>) => void;
  /** The host's last answer; undefined until the first. */
  readonly data: TData | undefined;
  /** Why the last call failed, if it did. */
  readonly problem: string | undefined;
  /** Says in the page if what was asked of the host went wrong. */
  readonly attempt: (action: Promise<void>) => void;
  readonly dismissProblem: () => void;
  /** Asks the host again. */
  readonly refresh: () => void;
}

export interface PageDefinition<THost, TPage, TState, TData> {
  /** Asks the host for everything the page shows. */
  readonly read: (host: Remote<THost>, state: TState) => Promise<TData>;
  /** The page's half of the RPC. */
  readonly serve: (refresh: () => void) => TPage;
  /** What an answer changes in the state that is kept. */
  readonly keep?: (data: TData, state: TState) => Partial<TState>;
  readonly View: ComponentType<PageProps<THost, TState, TData>>;
}

/**
 * Brings a page to life: the state that VS Code kept, else the one that the host wrote into the
 * body; one first call; and a new call whenever the host says that something changed.
 */
export function mountPage<THost extends object, TPage extends object, TState extends object, TData>(
  definition: PageDefinition<THost, TPage, TState, TData>,
): void {
  const root = document.getElementById('root');
  if (root === null) throw new Error('The page has no #root');
  const api = acquireVsCodeApi();
  // SAFETY: only the host wrote the attribute, and only this page the kept state; a field that an
  // older version did not keep comes from the host.
  let state = {
    ...JSON.parse(document.body.dataset.state ?? '{}'),
    ...(api.getState() ?? {}),
  } as TState;
  let data: TData | undefined;
  let problem: string | undefined;

  const refresh = createRefresher(
    async () => {
      try {
        data = await definition.read(rpc.remote, state);
        problem = undefined;
        setState(definition.keep?.(data, state) ?? {});
      } catch (error) {
        problem = messageOf(error);
        draw();
      }
    },
    // A page that is slow to fill must leave the host most of the time.
    (tookMs) => Math.min(2000, Math.max(100, 2 * tookMs)),
  );
  const rpc = createRpc<THost, TPage>(createHostChannel(api), definition.serve(refresh));

  function setState(patch: Partial<TState>): void {
    state = { ...state, ...patch };
    api.setState(state);
    draw();
  }

  function setProblem(message: string | undefined): void {
    problem = message;
    draw();
  }

  const attempt = (action: Promise<void>) => {
    action.catch((error: unknown) => setProblem(messageOf(error)));
  };
  const dismissProblem = () => setProblem(undefined);

  function draw(): void {
    const { View } = definition;
    render(
      <View
        host={rpc.remote}
        state={state}
        setState={setState}
        data={data}
        problem={problem}
        attempt={attempt}
        dismissProblem={dismissProblem}
        refresh={refresh}
      />,
      // SAFETY: checked above; the compiler forgets it inside a function.
      root as HTMLElement,
    );
  }

  // Asked before anything is drawn: the host reads meanwhile.
  refresh();
  registerControls();
  // Also tells VS Code what to restore the panel from if the user never changes anything.
  setState({});
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
