import { describe, expect, test } from 'vitest';
import { debugCommand } from '../../../src/core/command/debugCommand';
import { unwrapDebugger } from '../../../src/core/command/unwrapDebugger';

describe('a launch configuration', () => {
  const launch = { request: 'launch', name: 'Train' };
  test.each([
    [
      'debugpy',
      {
        ...launch,
        program: '/w/train.py',
        args: ['--lr', '0.1', 'a b'],
        cwd: '/w',
        python: ['/v/bin/python'],
      },
      { commandLine: "/v/bin/python /w/train.py --lr 0.1 'a b'", cwd: '/w' },
    ],
    [
      'python',
      { ...launch, module: 'pkg.train', args: '--lr 0.1' },
      { commandLine: 'python -m pkg.train --lr 0.1' },
    ],
    [
      'debugpy',
      { ...launch, program: 'train.py', env: { TOKEN: 'x' }, pythonPath: '/v/python' },
      { commandLine: '/v/python train.py' },
    ],
    [
      'pwa-node',
      { ...launch, program: './app.js', args: ['--lr', '1'], runtimeExecutable: '/usr/bin/node' },
      { commandLine: '/usr/bin/node ./app.js --lr 1' },
    ],
    [
      'lldb',
      { ...launch, program: '/w/build/train', args: ['--lr=1'], cwd: 'build' },
      { commandLine: '/w/build/train --lr=1' },
    ],
  ])('of %s', (type, configuration, command) => {
    expect(debugCommand(type, configuration)).toEqual(command);
  });

  test.each([
    { request: 'attach', program: 'train.py' },
    { request: 'launch', url: 'http://localhost' },
    { request: 'launch', program: 3, module: '' },
    {},
  ])('that starts no program: %j', (configuration) => {
    expect(debugCommand('debugpy', configuration)).toBeUndefined();
  });
});

describe('what a debugger types into a terminal', () => {
  const linux =
    '/home/u/.vscode/extensions/ms-python.debugpy-2024.8.0-linux-x64/bundled/libs/debugpy';
  const windows =
    'c:\\Users\\u\\.vscode\\extensions\\ms-python.debugpy-2024.0.0-win32-x64\\bundled\\libs\\debugpy';
  test.each([
    [
      ` cd /home/u/proj ; /usr/bin/env /home/u/proj/.venv/bin/python ${linux}/adapter/../../debugpy/launcher 39857 -- /home/u/proj/train.py --lr 0.1 `,
      {
        commandLine: '/home/u/proj/.venv/bin/python /home/u/proj/train.py --lr 0.1',
        cwd: '/home/u/proj',
      },
    ],
    [
      ` cd /home/u/proj ; /usr/bin/env PYTHONPATH=/home/u/lib /usr/bin/python3 ${linux}/launcher 41175 -- -m pkg.train --name 'a b' `,
      { commandLine: "/usr/bin/python3 -m pkg.train --name 'a b'", cwd: '/home/u/proj' },
    ],
    [
      ` c:; cd 'c:\\Users\\u\\proj'; & 'c:\\Python311\\python.exe' '${windows}\\adapter/../..\\debugpy\\launcher' '50123' '--' 'c:\\Users\\u\\proj\\train.py' '--lr' '0.1' `,
      {
        commandLine: 'c:\\Python311\\python.exe c:\\Users\\u\\proj\\train.py --lr 0.1',
        cwd: 'c:\\Users\\u\\proj',
      },
    ],
    [
      '/usr/bin/python3 /home/u/.vscode/extensions/ms-python.python-2020.9.1/pythonFiles/lib/python/debugpy/launcher 43991 -- /home/u/train.py',
      { commandLine: '/usr/bin/python3 /home/u/train.py' },
    ],
    [
      ' /usr/bin/env \'NODE_OPTIONS= --require /x/ms-vscode.js-debug/src/bootloader.js  --inspect-publish-uid=http\' \'VSCODE_INSPECTOR_OPTIONS=:::{"inspectorIpc":"/tmp/node-cdp.sock"}\' /usr/bin/node ./app.js --lr 0.1 ',
      { commandLine: '/usr/bin/node ./app.js --lr 0.1' },
    ],
  ])('%s', (typed, command) => {
    expect(unwrapDebugger(typed)).toEqual(command);
  });

  test.each([
    'python train.py',
    'python -m debugpy --listen 5678 train.py',
    'env A=1 node app.js',
    '',
  ])('not %s', (typed) => {
    expect(unwrapDebugger(typed)).toBeUndefined();
  });
});
