import { describe, expect, it, test } from 'vitest';
import { findMissing, type Machine } from '../../../tools/start/prerequisites.mjs';

const bare: Omit<Machine, 'platform'> = {
  nodeVersion: '16.3.0',
  npmVersion: undefined,
  gitVersion: undefined,
  pythonVersion: undefined,
  hasVenv: false,
  hasMake: false,
  hasCppCompiler: false,
};
const full: Omit<Machine, 'platform'> = {
  nodeVersion: '22.1.0',
  npmVersion: '10.2.4',
  gitVersion: '2.39.5',
  pythonVersion: '3.12.1',
  hasVenv: true,
  hasMake: true,
  hasCppCompiler: true,
};

/** Who gives what is missing, as the person at that machine would say it. */
const installers: readonly (readonly [NodeJS.Platform, RegExp])[] = [
  ['linux', /apt-get install|nodejs\.org/],
  ['darwin', /brew|xcode-select/],
  ['win32', /winget install/],
];

describe.each(installers)('on %s', (platform, installer) => {
  const missing = findMissing({ ...bare, platform });

  it('names everything that a bare machine lacks, each once', () => {
    expect(missing.map(({ name }) => name)).toEqual([
      'Node 20 or newer (this is 16.3.0)',
      'npm',
      'git',
      'Python 3.10 or newer',
      ...(platform === 'win32' ? [] : ['make', 'a C++ compiler']),
    ]);
  });

  it.each(missing)('has a remedy of one line for $name', ({ remedy }) => {
    expect(remedy).toMatch(installer);
    expect(remedy).not.toContain('\n');
  });

  it('has one for Python without venv and for an old Python', () => {
    const halves = [
      { ...full, platform, hasVenv: false },
      { ...full, platform, pythonVersion: '3.8.10' },
    ].map((machine) => findMissing(machine));
    expect(halves.map((found) => found.map(({ name }) => name))).toEqual([
      ["Python's venv module"],
      ['Python 3.10 or newer (this is 3.8.10)'],
    ]);
    for (const found of halves) for (const { remedy } of found) expect(remedy).toMatch(installer);
  });

  it('finds nothing on a machine that has all', () => {
    expect(findMissing({ ...full, platform })).toEqual([]);
  });
});

test('versions are compared as numbers', () => {
  const names = (fields: Partial<Machine>) =>
    findMissing({ ...full, platform: 'linux', ...fields }).map(({ name }) => name);
  expect(names({ nodeVersion: '100.0.0' })).toEqual([]);
  expect(names({ pythonVersion: '3.9.100' })).toHaveLength(1);
  expect(names({ pythonVersion: '3.100.0' })).toEqual([]);
  expect(names({ pythonVersion: '2.7.18' })).toHaveLength(1);
  expect(names({ pythonVersion: '4.0.0' })).toEqual([]);
});
