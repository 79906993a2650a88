import { parseCommand } from './parseCommand';

/** What hands a command to another machine, or to a container whose processes are not below it. */
const carriers: ReadonlySet<string> = new Set(
  'ssh mosh autossh docker podman nerdctl kubectl oc srun wsl'.split(' '),
);

/** Whether what a command line trains runs where the shell's machine cannot tell of it. */
export function runsElsewhere(commandLine: string): boolean {
  const { programs, words } = parseCommand(commandLine);
  const [first = ''] = words;
  return [...programs, first.replace(/^.*[/\\]/, '').replace(/\.exe$/i, '')].some((name) =>
    carriers.has(name),
  );
}
