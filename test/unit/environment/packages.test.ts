import { expect, test } from 'vitest';
import {
  mergePackages,
  packagesJson,
  parseCondaRecord,
  parseFolderName,
  parseMetadata,
  parsePackagesJson,
} from '../../../src/core/environment/packages';
import { parsePyvenvConfig } from '../../../src/core/environment/pyvenvConfig';

test.each<[string, string, string | undefined]>([
  [
    'as wheels write it',
    'Metadata-Version: 2.1\nName: scikit-learn\nVersion: 1.4.0\n\ntext',
    'scikit-learn 1.4.0',
  ],
  ['with CRLF', 'Metadata-Version: 2.1\r\nName: a\r\nVersion: 1\r\n\r\nVersion: 9', 'a 1'],
  ['in another order', 'Version: 1+cu121\nName: torch\n', 'torch 1+cu121'],
  ['a description that looks like one', 'Name: a\n\nVersion: 1', undefined],
  ['a name that is none', 'Name: ../../etc\nVersion: 1', undefined],
  ['a version that is none', 'Name: a\nVersion: 1 <script>', undefined],
  ['too long', `Name: ${'a'.repeat(500)}\nVersion: 1`, undefined],
  ['not even text', '\0\ufffd\ufffd', undefined],
])('METADATA: %s', (_name, text, expected) => {
  const found = parseMetadata(text);
  expect(found && `${found.name} ${found.version}`).toBe(expected);
});

test('names of folders and of conda records', () => {
  expect(parseFolderName('scikit_learn-1.4.0.dist-info')).toEqual({
    name: 'scikit_learn',
    version: '1.4.0',
  });
  expect(parseFolderName('foo-1.0-py3.11.egg-info')).toEqual({ name: 'foo', version: '1.0' });
  expect(parseFolderName('foo.dist-info')).toBeUndefined();
  expect(parseCondaRecord('numpy-base-1.26.4-py311h64a7726_0.json')).toEqual({
    name: 'numpy-base',
    version: '1.26.4',
  });
  expect(parseCondaRecord('history')).toBeUndefined();
});

test('of two spellings of one name the first list counts, and the order is that of the names', () => {
  const merged = mergePackages([
    [
      { name: 'Zope.Interface', version: '2' },
      { name: 'b', version: '1' },
    ],
    [
      { name: 'zope_interface', version: '1' },
      { name: 'a', version: '1' },
    ],
  ]);
  expect(packagesJson(merged)).toBe(
    '[{"name":"a","version":"1"},{"name":"b","version":"1"},{"name":"Zope.Interface","version":"2"}]',
  );
  expect(parsePackagesJson(packagesJson(merged))).toEqual(merged);
  expect(parsePackagesJson('{"a":')).toEqual([]);
  expect(parsePackagesJson('[1,null,{"name":"a"}]')).toEqual([]);
});

test('pyvenv.cfg of venv, virtualenv and uv', () => {
  expect(
    parsePyvenvConfig('home = /usr/bin\ninclude-system-site-packages = false\nversion = 3.11.7\n'),
  ).toEqual({
    home: '/usr/bin',
    version: '3.11.7',
    includesSystemPackages: false,
  });
  expect(
    parsePyvenvConfig('version_info = 3.12.0.final.0\ninclude-system-site-packages = true'),
  ).toMatchObject({
    version: '3.12.0',
    includesSystemPackages: true,
  });
  expect(parsePyvenvConfig('home = /x\nuv = 0.5.1\nversion_info = 3.13.0rc1\n').version).toBe(
    '3.13.0rc1',
  );
  expect(parsePyvenvConfig('no')).toEqual({
    home: undefined,
    version: undefined,
    includesSystemPackages: false,
  });
});
