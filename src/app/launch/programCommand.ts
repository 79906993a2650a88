import { spawnSync } from 'node:child_process';
import type { Program } from './launchFolder';

/** A process to start, with what its environment has beside the launcher's own. */
export interface ProcessCommand {
  readonly file: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** Of a Windows shell, which reads its command line itself. */
  readonly isVerbatim?: boolean;
}

/** The program `script` as this system has it: it gives a program a terminal of its own. */
export type ScriptTool = 'util-linux' | 'bsd';

export function findScriptTool(platform: NodeJS.Platform): ScriptTool | undefined {
  if (platform === 'win32') return undefined;
  if (platform === 'darwin' || platform === 'freebsd') {
    return spawnSync('which', ['script']).status === 0 ? 'bsd' : undefined;
  }
  const { stdout } = spawnSync('script', ['--version'], { encoding: 'utf8' });
  return stdout?.includes('util-linux') ? 'util-linux' : undefined;
}

/** Without a terminal of its own: what it prints goes through a pipe. */
export function pipedCommand(program: Program, platform: NodeJS.Platform): ProcessCommand {
  // Python holds back what it prints into a pipe.
  const env = { PYTHONUNBUFFERED: '1' };
  const isCmd = program.kind === 'shell' && /(?:^|[\\/])cmd(?:\.exe)?$/i.test(program.shell);
  if (program.kind === 'shell' && isCmd && platform === 'win32') {
    // As Node does it for its own `shell: true`.
    const args = ['/d', '/s', '/c', `"${program.commandLine}"`];
    return { file: program.shell, args, env, isVerbatim: true };
  }
  const [file = '', ...args] = wordsOf(program);
  return { file, args, env };
}

/**
 * In a terminal of its own, made by `script`, whose output is what is printed there. What to run goes
 * through the environment, so that no text of the user's is ever a part of a shell script.
 *
 * @param pidPath where the process id of the program is to be written.
 */
export function terminalCommand(
  program: Program,
  tool: ScriptTool,
  shell: string | undefined,
  pidPath: string,
): ProcessCommand {
  const words = wordsOf(program);
  const env: Record<string, string> = {
    // `script` of util-linux gives its command to this shell.
    SHELL: '/bin/sh',
    EPOCHLOG_LAUNCH_SHELL: shell ?? '/bin/sh',
    EPOCHLOG_LAUNCH_PID: pidPath,
    EPOCHLOG_LAUNCH_COUNT: String(words.length),
  };
  for (const [index, word] of words.entries()) env[`EPOCHLOG_LAUNCH_${index}`] = word;
  return tool === 'bsd'
    ? { file: 'script', args: ['-q', '/dev/null', '/bin/sh', '-c', startScript], env }
    : { file: 'script', args: ['-qefc', startScript, '/dev/null'], env };
}

const startScript = `
set --
i=0
while [ "$i" -lt "$EPOCHLOG_LAUNCH_COUNT" ]; do
  eval "set -- \\"\\$@\\" \\"\\$EPOCHLOG_LAUNCH_$i\\"; unset EPOCHLOG_LAUNCH_$i"
  i=$((i + 1))
done
SHELL=$EPOCHLOG_LAUNCH_SHELL
echo $$ > "$EPOCHLOG_LAUNCH_PID"
unset EPOCHLOG_LAUNCH_SHELL EPOCHLOG_LAUNCH_PID EPOCHLOG_LAUNCH_COUNT i
exec "$@"
`;

function wordsOf(program: Program): readonly string[] {
  if (program.kind === 'direct') return program.words;
  const { shell, commandLine } = program;
  // PowerShell reads it as -Command, and all others as POSIX says.
  return [shell, '-c', commandLine];
}
