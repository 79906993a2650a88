import { expect, test } from 'vitest';
import { describeEnvironment } from '../../../src/core/present/describeEnvironment';

test.each<[string, Parameters<typeof describeEnvironment>[0], string]>([
  [
    'all',
    {
      os: 'Linux 6.1.0 x86_64',
      python: { executable: '/p', version: '3.11.7', packageCount: 98 },
      gpus: [{ name: 'NVIDIA A100' }, { name: 'NVIDIA T4' }, { name: 'NVIDIA A100' }],
    },
    'Python 3.11.7 · 98 packages · 2 × NVIDIA A100, NVIDIA T4',
  ],
  ['no GPU', { os: 'Linux', python: { executable: '/p', version: '3.11' } }, 'Python 3.11'],
  ['a version that is not known', { os: 'Linux', python: { executable: '/p' } }, 'Python'],
  ['no Python', { os: 'Linux 6.1.0 x86_64' }, 'Linux 6.1.0 x86_64'],
])('%s', (_name, environment, expected) => {
  expect(describeEnvironment(environment)).toBe(expected);
});
