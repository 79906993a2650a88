import { readdir, readFile } from 'node:fs/promises';
import { cpus, hostname, machine, release, totalmem, type } from 'node:os';
import { join } from 'node:path';
import type { Environment, Gpu } from '../../core/run/run';
import type { NvidiaSmi } from '../processes/nvidiaSmi';

/** What the machine is, without Python. */
export async function readMachine(nvidia: NvidiaSmi): Promise<Environment> {
  const processors = cpus();
  const [first] = processors;
  const gpus = await readGpus(nvidia);
  return {
    os: `${type()} ${release()} ${machine()}`,
    hostName: hostname(),
    ...(first === undefined
      ? {}
      : { cpu: { model: first.model.trim(), cores: processors.length } }),
    memoryBytes: totalmem(),
    ...(gpus.length === 0 ? {} : { gpus }),
  };
}

async function readGpus(nvidia: NvidiaSmi): Promise<readonly Gpu[]> {
  const readings = await nvidia.readGpus();
  if (readings.length === 0) return readKernelGpus();
  return readings.map(({ name, totalBytes, driver }) => ({
    name,
    ...(totalBytes === undefined ? {} : { memoryBytes: totalBytes }),
    ...(driver === undefined ? {} : { driver }),
  }));
}

const nvidiaFolder = '/proc/driver/nvidia';

/** What the kernel's driver says where its tool is missing, as in a container. */
async function readKernelGpus(): Promise<readonly Gpu[]> {
  const places = await readdir(join(nvidiaFolder, 'gpus')).catch(() => []);
  const version = await readFile(join(nvidiaFolder, 'version'), 'utf8').catch(() => '');
  const driver = /Kernel Module[^\n]*?\s(\d+\.[\d.]+)\s/.exec(version)?.[1];
  const texts = await Promise.all(
    places.map((place) =>
      readFile(join(nvidiaFolder, 'gpus', place, 'information'), 'utf8').catch(() => ''),
    ),
  );
  return texts.flatMap((text) => {
    const name = /^Model:\s*(.+?)\s*$/m.exec(text)?.[1];
    return name === undefined ? [] : { name, ...(driver === undefined ? {} : { driver }) };
  });
}
