import { execFile } from 'node:child_process';
import { access } from 'node:fs/promises';
import { delimiter, isAbsolute, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const timeoutMs = 4000;

export interface GpuReading {
  readonly index: number;
  readonly name: string;
  readonly driver: string | undefined;
  /** Share of the time in which it was at work; undefined where it does not say, as for some parts of one. */
  readonly usedPercent: number | undefined;
  readonly usedBytes: number | undefined;
  readonly totalBytes: number | undefined;
}

const gpuColumns = 'index,name,driver_version,utilization.gpu,memory.used,memory.total';

/** Asks NVIDIA's own tool, by its absolute path and with fixed arguments. */
export class NvidiaSmi {
  #program: Promise<string | undefined> | undefined;
  #failures = 0;

  /** Empty where there is no such GPU, or the tool failed three times. */
  async readGpus(): Promise<readonly GpuReading[]> {
    return parseGpus(await this.#query(`--query-gpu=${gpuColumns}`));
  }

  async #query(argument: string): Promise<string> {
    this.#program ??= findProgram('nvidia-smi');
    const program = await this.#program;
    if (program === undefined || this.#failures >= 3) return '';
    try {
      const { stdout } = await run(program, [argument, '--format=csv,noheader,nounits'], {
        timeout: timeoutMs,
        maxBuffer: 1024 * 1024,
        windowsHide: true,
      });
      this.#failures = 0;
      return stdout;
    } catch {
      // A driver that does not answer would be asked for ever.
      this.#failures += 1;
      return '';
    }
  }
}

/** Rows of `--query-gpu=index,name,driver_version,utilization.gpu,memory.used,memory.total`, in MiB. */
export function parseGpus(text: string): readonly GpuReading[] {
  return text.split(/\r?\n/).flatMap((line) => {
    const cells = line.split(',').map((cell) => cell.trim());
    const [index = '', name = '', driver = '', used, usedMib, totalMib] = cells;
    if (cells.length !== 6 || !/^\d+$/.test(index)) return [];
    return {
      index: Number(index),
      name,
      driver: /^[\d.]+$/.test(driver) ? driver : undefined,
      usedPercent: numberIn(used, 1),
      usedBytes: numberIn(usedMib, 1024 * 1024),
      totalBytes: numberIn(totalMib, 1024 * 1024),
    };
  });
}

/** `[N/A]` and `[Not Supported]` are no numbers. */
function numberIn(text: string | undefined, unit: number): number | undefined {
  return text !== undefined && /^\d+(?:\.\d+)?$/.test(text) ? Number(text) * unit : undefined;
}

/** Looks in the absolute folders of PATH alone, so that no folder of a workspace can offer one. */
async function findProgram(name: string): Promise<string | undefined> {
  const file = process.platform === 'win32' ? `${name}.exe` : name;
  const folders = [
    ...(process.platform === 'win32' ? ['C:\\Windows\\System32'] : ['/usr/bin', '/usr/local/bin']),
    // Where the Windows Subsystem for Linux keeps it.
    '/usr/lib/wsl/lib',
    ...(process.env.PATH ?? '').split(delimiter),
  ];
  for (const folder of folders.filter(isAbsolute)) {
    const path = join(folder, file);
    const isThere = await access(path).then(
      () => true,
      () => false,
    );
    if (isThere) return path;
  }
  return undefined;
}
