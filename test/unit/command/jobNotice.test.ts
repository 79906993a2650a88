import { describe, expect, test } from 'vitest';
import { isJob, readJobNotice } from '../../../src/core/command/jobNotice';

describe('what shells say of jobs', () => {
  test.each([
    ['[1]+  Done                    nohup python3 train.py --name a', 0],
    ['[2]-  Exit 3                  python3 train.py --name a > a.log 2>&1', 3],
    ['[1]+  Killed                  python3 train.py', 137],
    ['[1]+  Terminated              python3 train.py', 143],
    ['[1]   Segmentation fault      (core dumped) python3 train.py', 139],
    ['[1]+  Done                    python3 train.py  (wd: ~/exp)', 0],
    ['[1]  + done       nohup python3 train.py', 0],
    ['[1]  + exit 3     python3 train.py', 3],
    ['[1]  - 4711 done       python3 train.py', 0],
    ['[2]    killed     python3 train.py', 137],
  ])('%s', (line, exitCode) => {
    expect(readJobNotice(line)?.exitCode).toBe(exitCode);
  });

  test.each([
    '[1] 4711',
    '[1]+  Running                 python3 train.py &',
    '[1/3] Done',
    'Done',
    '',
  ])('nothing in %s', (line) => {
    expect(readJobNotice(line)).toBeUndefined();
  });

  test('belongs to the command as it was typed', () => {
    const notice = readJobNotice('[1]+  Done                    python3 train.py > a.log 2>&1');
    if (!notice) throw new Error('no notice');
    expect(isJob('python3  train.py > a.log 2>&1 &', notice)).toBe(true);
    expect(isJob('python3 train.py > b.log 2>&1 &', notice)).toBe(false);
  });
});
