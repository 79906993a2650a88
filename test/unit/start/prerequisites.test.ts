import { describe, expect, it } from 'vitest';
import { findMissing, type Machine, probeMachine } from '../../../tools/start/prerequisites.mjs';

const complete: Machine = {
  platform: 'linux',
  nodeVersion: '20.11.0',
  npmVersion: '10.2.4',
  gitVersion: '2.39.5',
  pythonVersion: '3.10.0',
  hasVenv: true,
  hasMake: true,
  hasCppCompiler: true,
};

const names = (machine: Partial<Machine>) =>
  findMissing({ ...complete, ...machine }).map(({ name }) => name);

describe('findMissing', () => {
  it('finds nothing on a machine that has the oldest versions that do', () => {
    expect(names({})).toEqual([]);
  });

  it('names the version where one is too old', () => {
    expect(names({ nodeVersion: '18.20.1' })).toEqual(['Node 20 or newer (this is 18.20.1)']);
    expect(names({ pythonVersion: '3.9.18' })).toEqual(['Python 3.10 or newer (this is 3.9.18)']);
  });

  it('does not ask for venv where Python itself is missing', () => {
    expect(names({ pythonVersion: undefined, hasVenv: false })).toEqual(['Python 3.10 or newer']);
  });

  it('names the package that Debian splits off', () => {
    expect(findMissing({ ...complete, hasVenv: false })).toEqual([
      { name: "Python's venv module", remedy: 'sudo apt-get install python3-venv' },
    ]);
  });

  it('asks for a compiler where VS Code is built from source, and not on Windows', () => {
    const bare = { hasMake: false, hasCppCompiler: false };
    expect(names(bare)).toEqual(['make', 'a C++ compiler']);
    expect(names({ ...bare, platform: 'win32' })).toEqual([]);
  });

  it('gives each platform a remedy of its own', () => {
    const remedy = (platform: NodeJS.Platform) =>
      findMissing({ ...complete, platform, gitVersion: undefined })[0]?.remedy;
    expect(remedy('darwin')).toBe('xcode-select --install');
    expect(remedy('win32')).toBe('winget install Git.Git');
    expect(remedy('freebsd')).toBe(remedy('linux'));
  });
});

describe('probeMachine', () => {
  it('reads the versions of this machine', () => {
    const machine = probeMachine();
    expect(machine.nodeVersion).toBe(process.versions.node);
    expect(machine.npmVersion).toMatch(/^\d+\.\d+\.\d+/);
    expect(machine.gitVersion).toMatch(/^2\./);
  });
});
