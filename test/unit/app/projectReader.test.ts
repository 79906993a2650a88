import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ProjectReader } from '../../../src/app/projectReader';
import { maxConfigBytes } from '../../../src/core/params/config/configFormat';
import { makeWorkspaceFolder } from './recordingBench';

describe('the files of a project', () => {
  test('are read once, and the configuration files among them are told', () => {
    const root = makeWorkspaceFolder();
    const reader = new ProjectReader();
    const path = join(root, 'a.yaml');
    writeFileSync(path, 'lr: 1\n');
    expect(reader.readConfig(`${root}/sub/../a.yaml`)).toBe('lr: 1\n');
    writeFileSync(path, 'lr: 2\n');
    expect(reader.readConfig(path)).toBe('lr: 1\n');
    writeFileSync(join(root, 'm.py'), 'x = 1\n');
    expect(reader.readModule(join(root, 'm.py'))).toBe('x = 1\n');
    expect(reader.configFiles.map((file) => [file.path, file.bytes.length])).toEqual([[path, 6]]);
  });

  test('that are folders, missing, in circles or too large are none', () => {
    const root = makeWorkspaceFolder();
    const reader = new ProjectReader();
    mkdirSync(join(root, 'folder.yaml'));
    symlinkSync('circle.yaml', join(root, 'circle.yaml'));
    writeFileSync(join(root, 'large.yaml'), 'x'.repeat(maxConfigBytes + 1));
    for (const name of ['folder.yaml', 'circle.yaml', 'large.yaml', 'gone.yaml', 'a\0b.yaml']) {
      expect(reader.readConfig(join(root, name))).toBeUndefined();
    }
    expect(reader.isFolder(join(root, 'folder.yaml'))).toBe(true);
    expect(reader.isFolder(join(root, 'gone.yaml'))).toBe(false);
    expect(reader.configFiles).toEqual([]);
  });
});
