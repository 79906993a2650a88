import { expect, test } from 'vitest';
import type { Change, RunStarted } from '../../../src/core/change/change';
import type { Param, ParamOrigin, RunId } from '../../../src/core/run/run';
import { experimentName } from '../../../src/core/run/runName';
import { maskChange } from '../../../src/core/secrets/maskChange';
import { secretMark } from '../../../src/core/secrets/secretMark';
import { hfToken, random } from './fakeSecrets';

const X = secretMark;
// SAFETY: any text serves as an id here.
const runId = 'r1' as RunId;

function started(commandLine: string, more: object = {}): RunStarted {
  const source = { kind: 'terminal', commandLine, ...more } as const;
  const experiment = experimentName(source);
  return { kind: 'runStarted', runId, experiment, source, startedAtMs: 1 };
}

function maskedParams(...params: readonly (readonly [string, string])[]) {
  const change: Change = {
    kind: 'paramsAdded',
    runId,
    params: params.map(([key, value]) => ({ key, value, origin: 'printed' as ParamOrigin })),
  };
  const masked = maskChange(change);
  if (masked.kind !== 'paramsAdded') throw new Error(masked.kind);
  return masked.params.map(({ key, value }: Param) => [key, value]);
}

test('a command is stored without its secrets, and so is the experiment named after it', () => {
  const change = started('tool --api-key hunter2hunter2 and --more --words that are cut off');
  expect(change.experiment).toContain('hunter2');
  expect(maskChange(change)).toEqual({
    ...started(`tool --api-key ${X} and --more --words that are cut off`),
  });
  // Cut in its middle it no longer looks like one.
  const long = started(`python -m pkg.train.main ${hfToken}`);
  expect(long.experiment).toContain(hfToken.slice(0, 10));
  expect(JSON.stringify(maskChange(long))).not.toContain(random(6));
});

test('a folder and a script are masked, and an experiment that the user named stays', () => {
  const change = started('x', { cwd: `/a/${hfToken}`, script: 'https://u:hunter2@h/t.py' });
  expect(maskChange({ ...change, experiment: 'mine' })).toMatchObject({
    experiment: 'mine',
    source: { cwd: `/a/hf_${X}`, script: `https://u:${X}@h/t.py` },
  });
});

test('params are masked by their name and by their look', () => {
  expect(
    maskedParams(
      ['api_key', 'abc'],
      ['cfg.hub.token', 'abc'],
      ['password', 'two words'],
      ['url', 'https://u:hunter2@h'],
      ['x', `a ${hfToken}`],
      ['config', "{'secret': 'hunter2', 'lr': 1}"],
    ),
  ).toEqual([
    ['api_key', X],
    ['cfg.hub.token', X],
    ['password', X],
    ['url', `https://u:${X}@h`],
    ['x', `a hf_${X}`],
    ['config', `{'secret': '${X}', 'lr': 1}`],
  ]);
  const plain = [
    ['lr', '0.1'],
    ['pad_token', '<pad>'],
    ['max_tokens', '4096'],
    ['sort_key', 'loss'],
    ['hub_token', 'None'],
    ['api_key', '$KEY'],
    ['key_dim', '64'],
  ] as const;
  expect(maskedParams(...plain)).toEqual(plain);
});

test('what holds no secret is the same object, and what is byte-exact is not looked at', () => {
  const source = {
    kind: 'notebook',
    notebook: 'a.ipynb',
    cellIndex: 0,
    cellSource: hfToken,
  } as const;
  const values = Float64Array.of(1);
  const changes: readonly Change[] = [
    started('python train.py --lr 0.1', { cwd: '/a', script: 'train.py' }),
    { kind: 'runStarted', runId, experiment: 'a.ipynb', startedAtMs: 1, source },
    { kind: 'paramsAdded', runId, params: [{ key: 'lr', value: '1', origin: 'argv' }] },
    { kind: 'pointsAppended', runId, key: 'loss', steps: values, values, timesMs: values },
    { kind: 'runEdited', runId, edit: { field: 'note', value: hfToken } },
  ];
  for (const change of changes) expect(maskChange(change)).toBe(change);
});

test('a series whose key holds a secret is replaced under the key that its points have', () => {
  const key = `loss of ${hfToken}`;
  const change: Change = { kind: 'seriesReplaced', runId, keys: ['acc', key], edition: 'e' };
  const none = new Float64Array(0);
  const points = { kind: 'pointsAppended', runId, key, steps: none, values: none } as const;
  const masked = maskChange({ ...points, timesMs: none });
  const replaced = maskChange(change);
  if (masked.kind !== 'pointsAppended' || replaced.kind !== 'seriesReplaced') throw new Error();
  expect(masked.key).not.toContain(random(6));
  expect(replaced.keys).toEqual(['acc', masked.key]);
});
