import { describe, expect, test } from 'vitest';
import { parseCommand } from '../../../src/core/command/parseCommand';

const output = (line: string) => {
  const found = parseCommand(line).output;
  return found && `${found.appends ? '>>' : '>'} ${found.path}`;
};

describe('a file that takes the output away', () => {
  test.each([
    ['python train.py > train.log 2>&1', '> train.log'],
    ['python train.py 2>&1 > train.log', '> train.log'],
    ['python train.py >> train.log 2>&1', '>> train.log'],
    ['python train.py &> train.log', '> train.log'],
    ['python train.py &>> train.log', '>> train.log'],
    ['python train.py *> train.log', '> train.log'],
    ['python train.py 1> "my log.txt"', '> my log.txt'],
    ['nohup python train.py > train.log 2>&1 &', '> train.log'],
    ['nohup python train.py &', '>> nohup.out'],
    ['nohup python train.py', '>> nohup.out'],
    ['( python train.py ) > train.log', '> train.log'],
    ['(cd a; python train.py; echo done) >> ../train.log 2>&1 &', '>> ../train.log'],
    ['{ python train.py; } > train.log', '> train.log'],
    ['for i in 1 2; do python train.py --seed $i; done > all.log', '> all.log'],
    ['for i in 1 2; do python train.py > log_$i.txt; done', '> log_$i.txt'],
    ['if true; then python train.py; fi > train.log', '> train.log'],
    ['python train.py 2>&1 | grep -v warn > train.log', '> train.log'],
    ['python train.py | tee train.log > /dev/null', '> train.log'],
    ['python train.py 2>&1 | tee -a train.log > /dev/null', '>> train.log'],
    ['python train.py | tee train.log &', '> train.log'],
    ['python train.py 2>&1 | Out-File -FilePath train.log -Append', '>> train.log'],
  ])('%s', (line, expected) => {
    expect(output(line)).toBe(expected);
  });
});

describe('no file takes it away', () => {
  test.each([
    'python train.py',
    'python train.py | tee train.log',
    'python train.py 2> err.log | tee a.log',
    'python train.py 2> err.log',
    'python train.py > /dev/null',
    'python train.py > NUL',
    'nohup python train.py | cat',
    'nohup python train.py > /dev/null 2>&1 &',
    'python train.py && echo ok > done.txt',
    'bash prepare.sh > prepare.log; python train.py',
    'python train.py | Tee-Object -FilePath train.log',
    'python train.py < input.txt',
  ])('%s', (line) => {
    expect(output(line)).toBeUndefined();
  });
});

describe('runs behind the shell', () => {
  test.each([
    ['python train.py &', true],
    ['python train.py > a.log 2>&1 &', true],
    ['python train.py && python eval.py &', true],
    ['python train.py | tee a.log &', true],
    ['( python train.py ) &', true],
    ['( python train.py & )', true],
    ['for i in 1 2; do python train.py; done &', true],
    ['for i in 1 2; do python train.py & done; wait', true],
    ['bash watch.sh & python train.py', false],
    ['python train.py; sleep 1 &', false],
    ["& 'C:\\venv\\python.exe' train.py", false],
    ['python train.py', false],
  ])('%s: %s', (line, expected) => {
    expect(parseCommand(line).background).toBe(expected);
  });
});
