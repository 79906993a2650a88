import { existsSync } from 'node:fs';
import { runCommand } from '../start/step.cjs';

/** @throws where this is no Debian, or the user may not install there. */
export async function installDebianPackage(name: string): Promise<void> {
  if (!existsSync('/etc/debian_version')) throw new Error('This is not a Debian system.');
  const prefix = process.getuid?.() === 0 ? [] : ['sudo', '-n'];
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  for (const args of [
    ['update', '-qq'],
    ['install', '-y', '-qq', '--no-install-recommends', name],
  ]) {
    const [command, ...rest] = [...prefix, 'apt-get', ...args];
    await runCommand(command ?? 'apt-get', rest, { env, timeoutMs: 300_000 });
  }
}
