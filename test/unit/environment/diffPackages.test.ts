import { expect, test } from 'vitest';
import { diffPackages } from '../../../src/core/environment/diffPackages';

const packages = (...texts: readonly string[]) =>
  texts.map((text) => {
    const [name = '', version = ''] = text.split(' ');
    return { name, version };
  });

test('what differs, in order, whatever the spelling of a name', () => {
  expect(
    diffPackages([
      packages('torch 2.1.0', 'numpy 1.26.4', 'scikit_learn 1.4.0'),
      packages('Torch 2.2.0', 'numpy 1.26.4', 'scikit-learn 1.4.0', 'accelerate 0.27.0'),
    ]),
  ).toEqual([
    { name: 'accelerate', versions: [undefined, '0.27.0'] },
    { name: 'torch', versions: ['2.1.0', '2.2.0'] },
  ]);
});

test('an environment that is not known differs from none', () => {
  expect(diffPackages([packages('a 1'), undefined, packages('a 1')])).toEqual([]);
  expect(diffPackages([packages('a 1'), undefined, packages('a 2')])).toEqual([
    { name: 'a', versions: ['1', undefined, '2'] },
  ]);
});
