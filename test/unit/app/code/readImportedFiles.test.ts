import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { expect, test } from 'vitest';
import {
  type CodeEntry,
  type CodePlaces,
  codeLimits,
  readImportedFiles,
} from '../../../../src/app/code/readImportedFiles';
import { makeWorkspaceFolder } from '../recordingBench';

type Files = Readonly<Record<string, string | Uint8Array>>;

function makeProject(files: Files): string {
  const root = makeWorkspaceFolder();
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
  return root;
}

async function found(
  root: string,
  entry: CodeEntry,
  places: Partial<CodePlaces> = {},
  limits = codeLimits,
) {
  const files = await readImportedFiles(
    entry,
    { folder: root, workspaceFolder: root, ...places },
    limits,
  );
  return files.map(({ path }) => relative(root, path).replaceAll('\\', '/')).sort();
}

/** What Python itself loads from below `root`, the script left out. */
function loadedByPython(root: string, args: readonly string[], folder = root): string[] {
  const printLoaded = `
import atexit, sys
def show():
    for m in list(sys.modules.values()):
        f = getattr(m, '__file__', None)
        if f and getattr(m, '__name__', '') != '__main__': print('LOADED ' + f)
atexit.register(show)
`;
  const site = makeWorkspaceFolder();
  writeFileSync(join(site, 'sitecustomize.py'), printLoaded);
  const output = execFileSync('python3', ['-B', ...args], {
    cwd: folder,
    env: { ...process.env, PYTHONPATH: site },
    encoding: 'utf8',
  });
  return [...output.matchAll(/^LOADED (.*)$/gm)]
    .map(([, file = '']) => relative(root, file).replaceAll('\\', '/'))
    .filter((file) => !file.startsWith('..'))
    .sort();
}

const project: Files = {
  'train.py': `
import json, os
import models.net as net
from data import *
from utils import seed, not_there_as_file
import shadow.inner
if os.environ.get('NEVER'):
    import never_there
def main():
    from lazy import answer
main()
`,
  'models/__init__.py': 'from .registry import build\n',
  'models/net.py': 'from . import layers\nfrom ..utils import x\n'.replace('..utils', 'utils'),
  'models/layers.py': 'from models.net import __name__ as name\n',
  'models/registry.py': 'import importlib\nbuild = importlib.import_module("models.heads")\n',
  'models/heads.py': '',
  'models/unused.py': '',
  'data/__init__.py': '__all__ = ["loader"]\n',
  'data/loader.py': 'from .deep.er import value\n',
  'data/deep/er.py': 'value = 1\n',
  'data/not_listed.py': '',
  'utils.py': 'seed = 1\nx = 1\nnot_there_as_file = 2\n',
  'lazy.py': 'answer = 42\n',
  'shadow/inner.py': 'import logging\n',
  'logging_extra.py': '',
};

test('a script: what is found is what Python loads', async () => {
  const root = makeProject(project);
  const loaded = loadedByPython(root, ['train.py']);
  expect(loaded).toContain('data/deep/er.py');
  expect(await found(root, { kind: 'script', path: join(root, 'train.py') })).toEqual(loaded);
});

test('a module: itself, the packages above it and what they import', async () => {
  const root = makeProject({
    'pkg/__init__.py': '',
    'pkg/cli/__init__.py': 'from .. import common\n',
    'pkg/cli/__main__.py': 'from ..other import y\n',
    'pkg/common.py': '',
    'pkg/other.py': 'y = 1\n',
  });
  // Python calls the one that it runs `__main__`, which is no module by its file's name.
  const loaded = [...loadedByPython(root, ['-m', 'pkg.cli']), 'pkg/cli/__main__.py'].sort();
  expect(await found(root, { kind: 'module', module: 'pkg.cli' })).toEqual(loaded);
});

test('a module of the standard library is not mistaken for a folder of the project', async () => {
  const root = makeProject({
    'scripts/train.py': 'import logging\nimport core\n',
    'logging/__init__.py': '',
    'core.py': 'import types\n',
    'types.py': '',
  });
  const entry: CodeEntry = { kind: 'script', path: join(root, 'scripts', 'train.py') };
  expect(await found(root, entry)).toEqual(['core.py']);
  // Beside the script it is the one that Python takes.
  const beside = makeProject({ 'train.py': 'import token_\nimport chunk\n', 'chunk.py': '' });
  expect(loadedByPython(beside, ['-c', 'import chunk'])).toEqual(['chunk.py']);
  expect(await found(beside, { kind: 'script', path: join(beside, 'train.py') })).toEqual([
    'chunk.py',
  ]);
});

test('a src layout, and folders that a script adds to sys.path', async () => {
  const root = makeProject({
    'src/mypkg/__init__.py': '',
    'src/mypkg/model.py': '',
    'experiments/a/train.py':
      'import sys, os\nsys.path.append(os.path.join(os.path.dirname(__file__), ".."))\nsys.path.insert(0, "vendor")\nimport shared\nimport third\nfrom mypkg import model\n',
    'experiments/shared.py': 'import helper\n',
    'experiments/helper.py': '',
    'vendor/third.py': '',
  });
  expect(
    await found(root, { kind: 'script', path: join(root, 'experiments', 'a', 'train.py') }),
  ).toEqual([
    'experiments/helper.py',
    'experiments/shared.py',
    'src/mypkg/__init__.py',
    'src/mypkg/model.py',
    'vendor/third.py',
  ]);
});

test('cells: imports of all of them, and scripts that they run', async () => {
  const root = makeProject({ 'nb/helpers.py': 'import lib\n', 'lib.py': '', 'nb/prep.py': '' });
  const sources = ['%matplotlib inline\nimport helpers', '%run -i "prep.py"\n!ls', 'helpers.fit()'];
  expect(await found(root, { kind: 'cells', sources }, { folder: join(root, 'nb') })).toEqual([
    'lib.py',
    'nb/helpers.py',
    'nb/prep.py',
  ]);
});

test('bytes are exact, whatever the encoding; installed packages are left out', async () => {
  const latin = Buffer.from(
    '# -*- coding: latin-1 -*-\r\nname = "caf\xe9"\r\nimport other\r\n',
    'latin1',
  );
  const bom = Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from('import last\n')]);
  const root = makeProject({
    'train.py': 'import latin, installed\n',
    'latin.py': latin,
    'other.py': bom,
    'last.py': '',
    'lib/site-packages/installed.py': '',
  });
  utimesSync(join(root, 'latin.py'), 1000, 1000);
  const files = await readImportedFiles(
    { kind: 'script', path: join(root, 'train.py') },
    { folder: join(root, 'lib', 'site-packages'), workspaceFolder: root },
  );
  expect(files.map(({ path }) => relative(root, path))).toEqual([
    'latin.py',
    'other.py',
    'last.py',
  ]);
  expect(files[0]).toMatchObject({ sizeBytes: latin.length, modifiedAtMs: 1_000_000 });
  expect(Buffer.from(files[0]?.bytes ?? [])).toEqual(latin);
  expect(Buffer.from(files[1]?.bytes ?? [])).toEqual(bom);
});

test('limits: what finds no room is named without its bytes', async () => {
  const files: Record<string, string> = { 'train.py': '' };
  for (let index = 0; index < 20; index++) {
    files['train.py'] += `import m${index}\n`;
    files[`m${index}.py`] = `x = ${index}\n`;
  }
  files['m3.py'] = `big = "${'x'.repeat(5000)}"\nimport never\n`;
  files['never.py'] = '';
  const root = makeProject(files);
  const limits = { maxFiles: 10, maxTotalBytes: 1e6, maxFileBytes: 1000, maxNamedFiles: 15 };
  const read = await readImportedFiles(
    { kind: 'script', path: join(root, 'train.py') },
    { folder: root, workspaceFolder: root },
    limits,
  );
  expect(read).toHaveLength(15);
  expect(read.filter(({ bytes }) => bytes !== undefined)).toHaveLength(10);
  const big = read.find(({ path }) => path.endsWith('m3.py'));
  expect([big?.sizeBytes, big?.bytes]).toEqual([files['m3.py'].length, undefined]);
  const small = await readImportedFiles(
    { kind: 'script', path: join(root, 'train.py') },
    { folder: root, workspaceFolder: root },
    { ...limits, maxTotalBytes: 20 },
  );
  expect(small.filter(({ bytes }) => bytes !== undefined)).toHaveLength(3);
});

test('cycles, loops of links, broken links and no file at all come to an end', async () => {
  const root = makeProject({
    'train.py': 'import a\nimport loop.loop.loop\nimport broken\nimport folder\nimport gone.x\n',
    'a.py': 'import b\n',
    'b.py': 'import a, train\n',
    'loop/__init__.py': 'from . import loop\n',
    'folder.py/__init__.py': '',
  });
  symlinkSync(join(root, 'loop'), join(root, 'loop', 'loop'));
  symlinkSync(join(root, 'nowhere.py'), join(root, 'broken.py'));
  const names = await found(root, { kind: 'script', path: join(root, 'train.py') });
  expect(names).toEqual(expect.arrayContaining(['a.py', 'b.py', 'loop/__init__.py']));
  expect(names.length).toBeLessThan(60);
  expect(await found(root, { kind: 'script', path: join(root, 'gone.py') })).toEqual([]);
});
