// Plain JavaScript: this is the first thing `npm start` runs, before any package is there.
import { spawnSync } from 'node:child_process';

/**
 * What this machine has. `undefined` stands for not there.
 * @typedef {object} Machine
 * @property {NodeJS.Platform} platform
 * @property {string} nodeVersion such as `20.11.0`
 * @property {string | undefined} npmVersion
 * @property {string | undefined} gitVersion
 * @property {string | undefined} pythonVersion such as `3.11.7`
 * @property {boolean} hasVenv the modules venv and ensurepip
 * @property {boolean} hasMake
 * @property {boolean} hasCppCompiler
 */

/**
 * Names what is missing, each with its one-line remedy.
 * @param {Machine} machine
 * @returns {{ name: string, remedy: string }[]}
 */
export function findMissing(machine) {
  const { platform } = machine;
  const missing = [];
  const need = (isThere, name, remedies) => {
    if (!isThere) missing.push({ name, remedy: remedies[platform] ?? remedies.linux });
  };
  need(major(machine.nodeVersion) >= 20, `Node 20 or newer (this is ${machine.nodeVersion})`, {
    linux: 'install Node 22 from https://nodejs.org, or: nvm install 22',
    darwin: 'brew install node, or install it from https://nodejs.org',
    win32: 'winget install OpenJS.NodeJS.LTS',
  });
  need(machine.npmVersion, 'npm', {
    linux: 'it comes with Node from https://nodejs.org; on Debian: sudo apt-get install npm',
    darwin: 'it comes with Node: brew reinstall node',
    win32: 'it comes with Node: winget install OpenJS.NodeJS.LTS',
  });
  need(machine.gitVersion, 'git', {
    linux: "sudo apt-get install git, or your distribution's package",
    darwin: 'xcode-select --install',
    win32: 'winget install Git.Git',
  });
  const isPythonNew = machine.pythonVersion && atLeast(machine.pythonVersion, 3, 10);
  const found = machine.pythonVersion ? ` (this is ${machine.pythonVersion})` : '';
  need(isPythonNew, `Python 3.10 or newer${found}`, {
    linux: "sudo apt-get install python3 python3-venv, or your distribution's package",
    darwin: 'brew install python',
    win32: 'winget install Python.Python.3.13',
  });
  if (machine.pythonVersion) {
    need(machine.hasVenv, "Python's venv module", {
      linux: 'sudo apt-get install python3-venv',
      darwin: 'brew reinstall python',
      win32: 'winget install Python.Python.3.13',
    });
  }
  if (platform !== 'win32') {
    const compilers = {
      linux: 'sudo apt-get install build-essential',
      darwin: 'xcode-select --install',
    };
    need(machine.hasMake, 'make', compilers);
    need(machine.hasCppCompiler, 'a C++ compiler', compilers);
  }
  return missing;
}

/**
 * Looks at this machine by running each program once.
 * @returns {Machine}
 */
export function probeMachine() {
  const python = pythonCommand();
  return {
    platform: process.platform,
    nodeVersion: process.versions.node,
    npmVersion: versionOf('npm', ['--version']),
    gitVersion: versionOf('git', ['--version']),
    pythonVersion: versionOf(python, ['--version']),
    hasVenv: runs(python, ['-c', 'import venv, ensurepip']),
    hasMake: runs('make', ['--version']) || runs('gmake', ['--version']),
    hasCppCompiler: [process.env.CXX, 'c++', 'g++', 'clang++'].some(
      (compiler) => compiler && runs(compiler, ['--version']),
    ),
  };
}

/** The name under which Python 3 is called: on Windows its installer gives no `python3`. */
export function pythonCommand() {
  return process.platform === 'win32' ? 'python' : 'python3';
}

function major(version) {
  return Number(version.split('.')[0]);
}

function atLeast(version, wantedMajor, wantedMinor) {
  const [haveMajor = 0, haveMinor = 0] = version.split('.').map(Number);
  return haveMajor > wantedMajor || (haveMajor === wantedMajor && haveMinor >= wantedMinor);
}

function versionOf(command, args) {
  const { status, stdout } = spawn(command, args);
  return status === 0 ? /\d+(\.\d+)+/.exec(stdout)?.[0] : undefined;
}

function runs(command, args) {
  return spawn(command, args).status === 0;
}

function spawn(command, args) {
  // npm is a .cmd file on Windows, which only a shell runs.
  return spawnSync(command, args, { encoding: 'utf8', shell: process.platform === 'win32' });
}
