import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { PackageReader } from '../../../../src/app/environment/readPackages';
import { readPython } from '../../../../src/app/environment/readPython';
import { normalizedName, parsePackagesJson } from '../../../../src/core/environment/packages';
import { makeWorkspaceFolder } from '../recordingBench';

let root: string;
beforeAll(() => {
  root = mkdtempSync(join(realpathSync(tmpdir()), 'epochlog-python-'));
  execFileSync('python3', ['-m', 'venv', '--without-pip', join(root, 'plain')]);
  // What venv itself would install, without the minute that pip takes to start.
  const unpack =
    'import ensurepip, glob, os, sys, zipfile\nfor w in glob.glob(os.path.join(os.path.dirname(ensurepip.__file__), "_bundled", "*.whl")): zipfile.ZipFile(w).extractall(sys.argv[1])';
  execFileSync('python3', ['-c', unpack, sitePackages(binary('plain'))]);
  execFileSync('python3', [
    '-m',
    'venv',
    '--without-pip',
    '--system-site-packages',
    join(root, 'open'),
  ]);
}, 120_000);
afterAll(() => rmSync(root, { recursive: true, force: true }));

const sitePackages = (python: string) =>
  execFileSync(python, ['-c', 'import site; print(site.getsitepackages()[0])'], {
    encoding: 'utf8',
  }).trim();
const binary = (name: string) => join(root, name, 'bin', 'python');

/** What the interpreter itself says is installed for it. */
function listedBy(python: string): readonly string[] {
  const script =
    'import importlib.metadata as m\nfor d in m.distributions(): print(d.metadata["Name"], d.version, sep="\\t")';
  const lines = execFileSync(python, ['-c', script], { encoding: 'utf8' }).trim().split('\n');
  // The first of a name is the one that is imported.
  const byName = new Map<string, string>();
  for (const line of lines) {
    const [name = '', version = ''] = line.split('\t');
    if (!byName.has(normalizedName(name))) byName.set(normalizedName(name), version);
  }
  return [...byName].map((entry) => entry.join(' ')).sort();
}

async function read(python: string) {
  const facts = await readPython(python, new PackageReader());
  const packages = parsePackagesJson(facts?.packagesJson ?? '[]');
  return {
    python: facts?.python,
    packages: packages.map(({ name, version }) => `${normalizedName(name)} ${version}`).sort(),
  };
}

const versionOf = (python: string) =>
  execFileSync(python, ['-c', 'import platform; print(platform.python_version())'], {
    encoding: 'utf8',
  }).trim();

test('a virtual environment: what Python itself says of it', async () => {
  const python = binary('plain');
  const { python: facts, packages } = await read(python);
  expect(packages).toEqual(listedBy(python));
  expect(packages.length).toBeGreaterThan(0);
  expect(facts).toEqual({
    executable: python,
    version: versionOf(python),
    prefix: join(root, 'plain'),
    packageCount: packages.length,
  });
});

test('one that includes the packages of the system', async () => {
  const python = binary('open');
  expect((await read(python)).packages).toEqual(listedBy(python));
});

test('the interpreter of the system has no prefix of its own', async () => {
  const python = execFileSync('python3', ['-c', 'import sys; print(sys.executable)'], {
    encoding: 'utf8',
  }).trim();
  const { python: facts, packages } = await read(python);
  expect(packages).toEqual(listedBy(python));
  expect(facts?.prefix).toBeUndefined();
  expect(versionOf(python)).toContain(facts?.version ?? 'no version');
});

test('what is installed later is seen, and what did not change is not read again', async () => {
  const reader = new PackageReader();
  const python = binary('plain');
  const first = await readPython(python, reader);
  const info = join(sitePackages(python), 'late_one-2.0.dist-info');
  mkdirSync(info);
  writeFileSync(join(info, 'METADATA'), 'Metadata-Version: 2.1\nName: late-one\nVersion: 2.0\n');
  const second = await readPython(python, reader);
  expect(second?.python.packageCount).toBe((first?.python.packageCount ?? 0) + 1);
  // A change inside a folder leaves the folder's own time as it was.
  writeFileSync(join(info, 'METADATA'), 'Metadata-Version: 2.1\nName: late-one\nVersion: 3.0\n');
  expect((await readPython(python, reader))?.packagesJson).toBe(second?.packagesJson);
  expect((await readPython(python, new PackageReader()))?.packagesJson).toContain('"3.0"');
  rmSync(info, { recursive: true });
});

/** The layout of an environment that conda made, with records as it names them. */
function makeCondaEnvironment(): string {
  const prefix = join(makeWorkspaceFolder(), 'envs', 'torch');
  const site = join(prefix, 'lib', 'python3.11', 'site-packages');
  mkdirSync(join(prefix, 'bin'), { recursive: true });
  mkdirSync(join(prefix, 'conda-meta'));
  mkdirSync(join(site, 'numpy-1.26.4.dist-info'), { recursive: true });
  writeFileSync(join(site, 'numpy-1.26.4.dist-info', 'METADATA'), 'Name: numpy\nVersion: 1.26.4\n');
  writeFileSync(join(prefix, 'bin', 'python3.11'), '\x7fELF');
  symlinkSync('python3.11', join(prefix, 'bin', 'python'));
  for (const name of [
    'python-3.11.7-h955ad1f_0',
    'numpy-1.26.4-py311h64a7726_0',
    'cuda-toolkit-12.1.0-0',
  ]) {
    writeFileSync(join(prefix, 'conda-meta', `${name}.json`), '{}');
  }
  writeFileSync(join(prefix, 'conda-meta', 'history'), '');
  return prefix;
}

test('a conda environment: its own records tell of what is no Python package', async () => {
  const prefix = makeCondaEnvironment();
  const { python, packages } = await read(join(prefix, 'bin', 'python'));
  expect(python).toMatchObject({ version: '3.11.7', prefix });
  expect(packages).toEqual(['cuda-toolkit 12.1.0', 'numpy 1.26.4', 'python 3.11.7']);
});

test('hostile metadata costs little and breaks nothing', async () => {
  const prefix = join(makeWorkspaceFolder(), 'venv');
  const site = join(prefix, 'lib', 'python3.11', 'site-packages');
  mkdirSync(join(prefix, 'bin'), { recursive: true });
  mkdirSync(site, { recursive: true });
  writeFileSync(join(prefix, 'bin', 'python'), '\x7fELF');
  writeFileSync(join(prefix, 'pyvenv.cfg'), Buffer.alloc(1e6, 'version = 3.1\n'));
  const add = (name: string, content: string | Buffer) => {
    mkdirSync(join(site, name));
    writeFileSync(join(site, name, 'METADATA'), content);
  };
  add(
    'huge-1.0.dist-info',
    Buffer.concat([Buffer.from('Name: huge\nVersion: 1.0\n\n'), Buffer.alloc(50e6, 'x')]),
  );
  add('utf16-2.0.dist-info', Buffer.from('\ufeffName: utf16\nVersion: 9\n', 'utf16le'));
  add('evil-1.dist-info', 'Name: <img src=x onerror=alert(1)>\nVersion: 1\n');
  mkdirSync(join(site, 'folder-1.dist-info', 'METADATA'), { recursive: true });
  symlinkSync('.', join(site, 'loop-1.dist-info'));
  symlinkSync('loop2-1.dist-info', join(site, 'loop2-1.dist-info'));
  symlinkSync('/dev/zero', join(site, 'zero-1.egg-info'));
  execFileSync('mkfifo', [join(site, 'pipe-1.egg-info')]);
  const startedAtMs = performance.now();
  const { python, packages } = await read(join(prefix, 'bin', 'python'));
  expect(performance.now() - startedAtMs).toBeLessThan(10_000);
  expect(packages).toEqual([
    'evil 1',
    'folder 1',
    'huge 1.0',
    'loop 1',
    'loop2 1',
    'pipe 1',
    'utf16 2.0',
    'zero 1',
  ]);
  // A configuration of a megabyte is none; the folders tell the version.
  expect(python).toMatchObject({ version: '3.11' });
});

test('what is no interpreter is none', async () => {
  const folder = makeWorkspaceFolder();
  writeFileSync(join(folder, 'python'), '#!/usr/bin/env bash\nexec pyenv exec python "$@"\n');
  expect(await readPython(join(folder, 'python'), new PackageReader())).toBeUndefined();
  expect(await readPython(join(folder, 'gone'), new PackageReader())).toBeUndefined();
});
