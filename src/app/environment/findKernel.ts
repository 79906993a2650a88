import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, dirname, isAbsolute, join } from 'node:path';
import { type ListedProcess, processTree } from '../processes/processTable';
import { readProcessFacts } from './processInterpreter';

/**
 * The process that runs a notebook's cells, where it can be told: the only Jupyter kernel that says
 * that it is this notebook's, or else the only one of this window that runs in the notebook's folder.
 *
 * @param notebookPath absolute.
 * @param windowProcessId the extension host, which is above the kernels that its window starts.
 */
export async function findKernelProcess(
  all: readonly ListedProcess[],
  notebookPath: string,
  windowProcessId: number,
): Promise<number | undefined> {
  const own = new Set(processTree(all, windowProcessId, 0).map(({ processId }) => processId));
  const named: number[] = [];
  const beside: number[] = [];
  for (const { processId, name } of all) {
    if (!/^(?:python|pypy)/.test(name)) continue;
    const facts = await readProcessFacts(processId);
    if (facts === undefined || !facts.args.some((arg) => /^ipykernel(?:_launcher)?$/.test(arg))) {
      continue;
    }
    const session = facts.environment.get('JPY_SESSION_NAME');
    if (session !== undefined && isOf(session, notebookPath)) named.push(processId);
    else if (session === undefined && own.has(processId)) {
      if (facts.folder === dirname(notebookPath)) beside.push(processId);
    }
  }
  const [only, ...others] = named.length > 0 ? named : beside;
  return others.length === 0 ? only : undefined;
}

/** VS Code names the session of `a.ipynb` on a server `a-jvsc-` and an id. */
function isOf(session: string, notebookPath: string): boolean {
  if (session === notebookPath) return true;
  const stem = basename(notebookPath, '.ipynb');
  return (
    dirname(session) === dirname(notebookPath) && basename(session).startsWith(`${stem}-jvsc-`)
  );
}

/** Kernel specifications larger than this are none. */
const maxSpecLength = 64 * 1024;

/**
 * The interpreter that a kernel specification starts, read from Jupyter's own folders. The names that
 * VS Code gives to whatever interpreter was selected say nothing.
 */
export async function findKernelInterpreter(kernelName: string): Promise<string | undefined> {
  if (!/^[\w.-]+$/.test(kernelName) || /^python[23]?$/.test(kernelName)) return undefined;
  for (const folder of kernelFolders()) {
    const text = await readFile(join(folder, kernelName, 'kernel.json'), 'utf8').catch(() => '');
    if (text === '' || text.length > maxSpecLength) continue;
    return interpreterIn(text);
  }
  return undefined;
}

function interpreterIn(spec: string): string | undefined {
  try {
    const { argv } = JSON.parse(spec) as { readonly argv?: unknown };
    const [first]: unknown[] = Array.isArray(argv) ? argv : [];
    return typeof first === 'string' && isAbsolute(first) ? first : undefined;
  } catch {
    return undefined;
  }
}

/** As `jupyter --paths` lists them for a user and a system. */
function kernelFolders(): readonly string[] {
  const home = homedir();
  const data =
    process.platform === 'darwin'
      ? join(home, 'Library', 'Jupyter')
      : process.platform === 'win32'
        ? join(process.env.APPDATA ?? home, 'jupyter')
        : join(process.env.XDG_DATA_HOME ?? join(home, '.local', 'share'), 'jupyter');
  const folders = [
    ...(process.env.JUPYTER_DATA_DIR ? [process.env.JUPYTER_DATA_DIR] : [data]),
    ...(process.platform === 'win32'
      ? [join(process.env.PROGRAMDATA ?? 'C:\\ProgramData', 'jupyter')]
      : ['/usr/local/share/jupyter', '/usr/share/jupyter']),
  ];
  return folders.map((folder) => join(folder, 'kernels'));
}
