/** What one simple command runs once its wrappers are peeled. */
export interface Target {
  readonly kind: 'python' | 'notebook' | 'other';
  readonly program: string;
  /** The program without directories and `.exe`. */
  readonly baseName: string;
  readonly script?: string;
  readonly module?: string;
  readonly args: readonly string[];
  /** What a launcher is told before the script. */
  readonly launcherArgs?: readonly string[];
  /** Variables that `env` and its like set for it. */
  readonly assignments?: readonly string[];
}

// Programs that run the command after them. Their options are skipped; the listed ones take a value.
const WRAPPERS = new Map<string, RegExp>([
  ['env', /^-[uCS]$/],
  ['time', /^-[fo]$/],
  ['nohup', /^$/],
  ['setsid', /^$/],
  ['nice', /^-n$/],
  ['ionice', /^-[cn]$/],
  ['sudo', /^-[ugC]$/],
  ['exec', /^-a$/],
  ['command', /^$/],
  ['stdbuf', /^-[ioe]$/],
  ['unbuffer', /^$/],
  ['timeout', /^-[ks]$/],
  ['taskset', /^$/],
  ['numactl', /^-[NmCipl]$/],
  ['caffeinate', /^-[tw]$/],
  ['xvfb-run', /^-[snef]$/],
  ['winpty', /^$/],
  ['srun', /^-[a-zA-Z]$/],
  ['mpirun', /^(?:-n|-np|-H|-x|-bind-to|-map-by|--host|--hostfile|-mca)$/],
  ['mpiexec', /^(?:-n|-np|-H|-x|-hosts)$/],
  ['horovodrun', /^(?:-np|-H|--hostfile)$/],
]);
// Wrappers that need a word of their own before the command: `uv run …`.
const RUNNERS = new Map<string, RegExp>([
  ['uv', /^(?:-p|--python|--with|--project|--extra|--group|--directory|--env-file|--package)$/],
  ['poetry', /^(?:-C|--directory)$/],
  ['pipenv', /^$/],
  ['pdm', /^(?:-p|--project)$/],
  ['hatch', /^(?:-e|--env)$/],
  ['rye', /^$/],
  ['pixi', /^(?:-e|--environment|--manifest-path)$/],
  ['conda', /^(?:-n|-p|--name|--prefix|--cwd)$/],
  ['mamba', /^(?:-n|-p|--name|--prefix)$/],
  ['micromamba', /^(?:-n|-p|--name|--prefix)$/],
  ['coverage', /^(?:--source|--rcfile|--omit|--include)$/],
]);
const PYTHON = /^(?:python|pypy|pythonw|py|ipython)[\d.]*$/i;
const PYTHON_OPTION_WITH_VALUE = /^-[WXQ]$/;
const SHELLS = new Set(['bash', 'sh', 'zsh', 'dash', 'ksh', 'fish', 'pwsh', 'powershell']);
const BUILDERS = new Set([
  'make',
  'cargo',
  'bazel',
  'just',
  'npm',
  'npx',
  'go',
  'dotnet',
  'gradle',
  'mvn',
]);
const LAUNCHERS = new Set([
  'torchrun',
  'deepspeed',
  'accelerate',
  'composer',
  'kernprof',
  'bpython',
  'scalene',
  'lightning',
  'fabric',
]);
/** They run the program that comes after options of their own. */
const PROFILERS = new Set(['nsys', 'ncu', 'py-spy', 'perf', 'memray', 'rocprof', 'strace', 'gdb']);
const LAUNCHER_MODULES =
  /^(?:torch\.distributed\.(?:run|launch)|accelerate\.commands\.launch|cProfile|kernprof|pdb|debugpy|memory_profiler|scalene|coverage|trace|viztracer|ipdb|lightning\.fabric)$/;
const ASSIGNMENT = /^[A-Za-z_]\w*=/;
const DEFAULT_MAX_PEELS = 12;

/** Finds the program, script and arguments of one simple command given as words. */
export function findTarget(words: readonly string[]): Target {
  let rest = words;
  const assignments: string[] = [];
  for (let peels = 0; peels < DEFAULT_MAX_PEELS; peels++) {
    const peeled = peel(rest);
    if (peeled === undefined) break;
    const gone = rest.slice(1, rest.length - peeled.length);
    assignments.push(...gone.filter((word) => ASSIGNMENT.test(word)));
    rest = peeled;
  }
  const target = targetOf(rest);
  return assignments.length === 0 ? target : { ...target, assignments };
}

function targetOf(rest: readonly string[]): Target {
  const program = rest[0] ?? '';
  const baseName = baseNameOf(program);
  const after = rest.slice(1);
  if (PYTHON.test(baseName)) return pythonTarget(program, baseName, after);
  if (baseName === '%run') return scriptTarget(program, baseName, after);
  const profiled = PROFILERS.has(baseName) ? after.findIndex(isPython) : -1;
  if (profiled !== -1) {
    const word = after[profiled] ?? '';
    return pythonTarget(word, baseNameOf(word), after.slice(profiled + 1));
  }
  if (LAUNCHERS.has(baseName)) {
    return scriptTarget(program, baseName, baseName === 'accelerate' ? after.slice(1) : after);
  }
  if (SHELLS.has(baseName) && after[0] !== undefined && !after[0].startsWith('-')) {
    return { kind: 'other', program, baseName, script: after[0], args: after.slice(1) };
  }
  if (BUILDERS.has(baseName)) {
    // Their own options are no params of what they run; that stands behind `--`, or is `X=y`.
    const own = after.indexOf('--');
    const args = own === -1 ? after.filter((word) => /^\w+=/.test(word)) : after.slice(own + 1);
    return { kind: 'other', program, baseName, args };
  }
  if (/\.py$/i.test(program)) {
    return { kind: 'python', program, baseName, script: program, args: after };
  }
  if (baseName === 'papermill' || (baseName === 'jupyter' && after.includes('--execute'))) {
    const script = after.find((word) => word.endsWith('.ipynb'));
    if (script !== undefined) {
      const args = after.filter((word) => !word.endsWith('.ipynb'));
      return { kind: 'notebook', program, baseName, script, args: papermillArgs(args) };
    }
  }
  return { kind: 'other', program, baseName, args: after };
}

/** The words without one wrapper in front, or `undefined` if the first word is no wrapper. */
function peel(words: readonly string[]): readonly string[] | undefined {
  const name = baseNameOf(words[0] ?? '');
  const wrapper = WRAPPERS.get(name);
  if (wrapper !== undefined) {
    const rest = skipOptions(words.slice(1), wrapper);
    // `timeout 10m cmd`, `taskset 0xff cmd`: one bare word stands before the command.
    const bare = (name === 'timeout' || name === 'taskset') && /^[\dx]/.test(rest[0] ?? '');
    const after = bare ? rest.slice(1) : rest;
    const command = after.findIndex((word) => !ASSIGNMENT.test(word));
    return command === -1 ? undefined : after.slice(command);
  }
  const runner = RUNNERS.get(name);
  if (runner !== undefined && words[1] === 'run') {
    const rest = skipOptions(words.slice(2), runner);
    if (rest.length === 0) return undefined;
    return rest[0] === '-m' ? ['python', ...rest] : rest;
  }
  return undefined;
}

function skipOptions(words: readonly string[], takesValue: RegExp): readonly string[] {
  let at = 0;
  while (at < words.length) {
    const word = words[at] ?? '';
    if (word === '--') return words.slice(at + 1);
    if (!word.startsWith('-') || word === '-m') break;
    at += takesValue.test(word) ? 2 : 1;
  }
  return words.slice(at);
}

function pythonTarget(program: string, baseName: string, words: readonly string[]): Target {
  let at = 0;
  while (at < words.length) {
    const word = words[at] ?? '';
    const module =
      word === '-m' ? words[at + 1] : /^-[a-zA-Z]*m$/.test(word) ? words[at + 1] : undefined;
    if (module !== undefined) {
      const args = words.slice(at + 2);
      if (LAUNCHER_MODULES.test(module)) return scriptTarget(program, baseName, args);
      return { kind: 'python', program, baseName, module, args };
    }
    if (word === '-c' || word === '-') return { kind: 'python', program, baseName, args: [] };
    if (!word.startsWith('-')) {
      return { kind: 'python', program, baseName, script: word, args: words.slice(at + 1) };
    }
    at += PYTHON_OPTION_WITH_VALUE.test(word) ? 2 : 1;
  }
  return { kind: 'python', program, baseName, args: [] };
}

/** A launcher's own options stand before the script, so the script is the first word that is one. */
function scriptTarget(program: string, baseName: string, words: readonly string[]): Target {
  const at = words.findIndex((word) => /\.(?:py|ipynb)$/i.test(word));
  const moduleAt = words.findIndex((word) => word === '-m' || word === '--module');
  const module = moduleAt === -1 ? undefined : words[moduleAt + 1];
  if (module !== undefined && (at === -1 || moduleAt < at)) {
    const launcherArgs = words.slice(0, moduleAt);
    return {
      kind: 'python',
      program,
      baseName,
      module,
      args: words.slice(moduleAt + 2),
      launcherArgs,
    };
  }
  const script = words[at];
  if (script === undefined) return { kind: 'other', program, baseName, args: words };
  const kind = /\.ipynb$/i.test(script) ? 'notebook' : 'python';
  const launcherArgs = words.slice(0, at);
  return { kind, program, baseName, script, args: words.slice(at + 1), launcherArgs };
}

function isPython(word: string): boolean {
  return PYTHON.test(baseNameOf(word));
}

/** papermill names params as `-p lr 0.1`, read on as `--lr 0.1`, and a file of them as `-f`. */
function papermillArgs(args: readonly string[]): readonly string[] {
  const named: string[] = [];
  for (let at = 0; at < args.length; at++) {
    const word = args[at] ?? '';
    if (/^(?:-p|-r|--parameters|--parameters_raw)$/.test(word)) {
      named.push(`--${args[at + 1] ?? ''}`, args[at + 2] ?? '');
      at += 2;
    } else if (/^(?:-f|--parameters_file)$/.test(word)) {
      named.push('--parameters_file', args[at + 1] ?? '');
      at += 1;
    }
  }
  return named;
}

function baseNameOf(program: string): string {
  return program.replace(/^.*[/\\]/, '').replace(/\.(?:exe|cmd|bat)$/i, '');
}
