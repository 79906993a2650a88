import { expect, test } from 'vitest';
import { loadConfig } from '../../../../src/core/params/config/loadConfig';
import type { ProjectFiles } from '../../../../src/core/params/config/projectFiles';
import { HydraRepository } from '../../../../src/core/params/hydra/hydraRepository';

/** Has every file that is asked for, and notes which. */
function everyFile(texts: Readonly<Record<string, string>>) {
  const asked: string[] = [];
  const files: ProjectFiles = {
    readConfig(path) {
      asked.push(path);
      return texts[path] ?? 'secret: 1\n';
    },
    readModule: () => undefined,
    isFolder: () => true,
  };
  return { asked, files };
}

test('a gin file includes those beside it, and no other file of the machine', () => {
  const include = ['base.gin', '/home/u/.docker/config.json', '~/.netrc.gin', '../../../../x.gin'];
  const lines = include.map((path) => `include '${path}'\n`).join('');
  const { asked, files } = everyFile({ '/p/c.gin': lines, '/p/base.gin': 'train.lr = 1\n' });
  loadConfig({ path: '/p/c.gin', folder: '/p' }, files);
  expect(asked).toEqual(['/p/c.gin', '/p/base.gin']);
});

test('a defaults list names what lies on its search path alone', () => {
  const { asked, files } = everyFile({});
  const repository = new HydraRepository(['/p/conf'], [], files);
  for (const path of ['~/.config/gh/hosts', '/etc/x', 'C:\\secrets', '../up', 'db/../../up']) {
    expect(repository.load(path)).toBeUndefined();
  }
  expect(asked).toEqual([]);
  expect(repository.load('db/mysql')).toBeDefined();
  expect(asked).toEqual(['/p/conf/db/mysql.yaml']);
});
