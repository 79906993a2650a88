/** What a message between VS Code and a debug adapter says of a program. */
export type DebugNews =
  | { readonly kind: 'output'; readonly text: string }
  /** It is to run in a terminal; `words` are undefined for one outside VS Code. */
  | {
      readonly kind: 'terminal';
      readonly words: readonly string[] | undefined;
      readonly cwd: string | undefined;
    }
  | { readonly kind: 'launched' }
  | { readonly kind: 'process'; readonly processId: number | undefined }
  | { readonly kind: 'exited'; readonly exitCode: number }
  | { readonly kind: 'terminated' }
  /** The user, or VS Code for them, ends it. */
  | { readonly kind: 'stop' };

/** What programs print; `important` and `telemetry` are the adapter's own words. */
const printed: ReadonlySet<unknown> = new Set(['stdout', 'stderr', 'console', undefined]);

/** Reads a message of the Debug Adapter Protocol, version 1. An adapter may send anything. */
export function readDebugMessage(message: unknown, isToAdapter: boolean): DebugNews | undefined {
  if (!isRecord(message)) return undefined;
  const { type, event, command } = message;
  const body = isRecord(message.body) ? message.body : {};
  const args = isRecord(message.arguments) ? message.arguments : {};
  if (type === 'request' && isToAdapter) {
    return command === 'terminate' || command === 'disconnect' ? { kind: 'stop' } : undefined;
  }
  if (type === 'request' && command === 'runInTerminal') return readTerminalRequest(args);
  if (type === 'response' && command === 'launch') return { kind: 'launched' };
  return type === 'event' ? readEvent(event, body) : undefined;
}

function readTerminalRequest(args: Readonly<Record<string, unknown>>): DebugNews {
  const words = Array.isArray(args.args)
    ? args.args.filter((word) => typeof word === 'string')
    : [];
  return {
    kind: 'terminal',
    words: args.kind === 'external' ? undefined : words,
    cwd: typeof args.cwd === 'string' && args.cwd !== '' ? args.cwd : undefined,
  };
}

function readEvent(event: unknown, body: Readonly<Record<string, unknown>>): DebugNews | undefined {
  switch (event) {
    case 'output':
      return typeof body.output === 'string' && body.output !== '' && printed.has(body.category)
        ? { kind: 'output', text: body.output }
        : undefined;
    case 'process': {
      const { systemProcessId } = body;
      return {
        kind: 'process',
        processId: typeof systemProcessId === 'number' ? systemProcessId : undefined,
      };
    }
    case 'exited':
      return typeof body.exitCode === 'number'
        ? { kind: 'exited', exitCode: body.exitCode }
        : undefined;
    case 'terminated':
      return { kind: 'terminated' };
    default:
      return undefined;
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
