import { joinCommand } from './joinCommand';

export interface DebuggedCommand {
  readonly commandLine: string;
  /** Absolute path, where it is said. */
  readonly cwd?: string;
}

/**
 * The command that a launch configuration stands for, once its variables are resolved: `program` or
 * `module` with `args`, and `cwd`, as debugpy, js-debug and most other adapters name them. Its
 * environment is left out, as that is where secrets are.
 *
 * @returns undefined if it starts no program, as one that attaches.
 */
export function debugCommand(
  type: string,
  configuration: Readonly<Record<string, unknown>>,
): DebuggedCommand | undefined {
  if (configuration.request !== 'launch') return undefined;
  const { program, module, args, cwd } = configuration;
  const runs =
    typeof program === 'string' && program !== ''
      ? [program]
      : typeof module === 'string' && module !== ''
        ? ['-m', module]
        : undefined;
  if (!runs) return undefined;
  const words = [...interpreterOf(type, configuration), ...runs, ...wordsOf(args)];
  // debugpy lets a shell split a single text.
  const rest = typeof args === 'string' ? ` ${args}` : '';
  return {
    commandLine: `${joinCommand(words)}${rest}`,
    ...(typeof cwd === 'string' && isAbsolute(cwd) ? { cwd } : {}),
  };
}

function interpreterOf(
  type: string,
  { python, pythonPath, runtimeExecutable, runtimeArgs }: Readonly<Record<string, unknown>>,
): readonly string[] {
  if (/^(?:debugpy|python)$/.test(type)) {
    const named = [python, pythonPath].flatMap((each) =>
      typeof each === 'string' ? [each] : wordsOf(each),
    );
    return named.length > 0 ? named : ['python'];
  }
  if (/^(?:pwa-)?node$/.test(type)) {
    return [
      typeof runtimeExecutable === 'string' ? runtimeExecutable : 'node',
      ...wordsOf(runtimeArgs),
    ];
  }
  return [];
}

function wordsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((word) => typeof word === 'string') : [];
}

function isAbsolute(path: string): boolean {
  return /^(?:[/\\]|[A-Za-z]:[/\\])/.test(path);
}
