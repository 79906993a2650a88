import { expect, test } from 'vitest';
import { readDebugMessage } from '../../../src/core/command/debugMessage';

const event = (name: string, body: unknown) =>
  readDebugMessage({ seq: 1, type: 'event', event: name, body }, false);

test('what the program prints, and not what the adapter tells of itself', () => {
  expect(event('output', { category: 'stdout', output: 'a\n' })).toEqual({
    kind: 'output',
    text: 'a\n',
  });
  expect(event('output', { output: 'a\n' })).toEqual({ kind: 'output', text: 'a\n' });
  expect(event('output', { category: 'telemetry', output: 'js-debug/launch' })).toBeUndefined();
  expect(event('output', { category: 'important', output: 'update me' })).toBeUndefined();
  expect(
    event('output', { category: 'stdout', output: '', variablesReference: 3 }),
  ).toBeUndefined();
});

test('where it runs and how it ends', () => {
  expect(event('process', { name: 'train.py', systemProcessId: 42 })).toEqual({
    kind: 'process',
    processId: 42,
  });
  expect(event('exited', { exitCode: 3 })).toEqual({ kind: 'exited', exitCode: 3 });
  expect(event('terminated', undefined)).toEqual({ kind: 'terminated' });
  expect(readDebugMessage({ type: 'response', command: 'launch', success: true }, false)).toEqual({
    kind: 'launched',
  });
});

test('a terminal that it asks for', () => {
  const ask = (kind: string) =>
    readDebugMessage(
      {
        type: 'request',
        command: 'runInTerminal',
        arguments: { kind, cwd: '/w', args: ['python', 'train.py'] },
      },
      false,
    );
  expect(ask('integrated')).toEqual({ kind: 'terminal', words: ['python', 'train.py'], cwd: '/w' });
  expect(ask('external')).toEqual({ kind: 'terminal', words: undefined, cwd: '/w' });
});

test('that somebody ends it', () => {
  expect(readDebugMessage({ type: 'request', command: 'disconnect' }, true)).toEqual({
    kind: 'stop',
  });
  expect(readDebugMessage({ type: 'request', command: 'disconnect' }, false)).toBeUndefined();
  expect(readDebugMessage({ type: 'request', command: 'next' }, true)).toBeUndefined();
});

test('nothing of what is no message', () => {
  for (const message of [
    undefined,
    null,
    3,
    'output',
    [],
    {},
    { type: 'event', event: 'output' },
  ]) {
    expect(readDebugMessage(message, false)).toBeUndefined();
  }
});
