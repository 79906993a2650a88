import { describe, expect, it } from 'vitest';
import { selectedPython } from '../../../src/ui/selectedPython';

/** As the Python extension's public interface gives it. */
const extension = (environment: unknown) => ({
  environments: {
    getActiveEnvironmentPath: (resource: unknown) => ({ id: 'x', path: `/env of ${resource}` }),
    resolveEnvironment: async (path: { readonly path: string }) =>
      path.path === '/env of here' ? environment : undefined,
  },
});

describe('the interpreter that is selected in the Python extension', () => {
  it.each([
    [
      'is told',
      extension({ executable: { uri: { fsPath: '/env/bin/python' } } }),
      '/env/bin/python',
    ],
    ['is none of an environment without Python', extension({ executable: {} }), undefined],
    ['is none where nothing is selected', extension(undefined), undefined],
    ['is none of an older version', {}, undefined],
    ['is none of no version', undefined, undefined],
  ])('%s', async (_, api, expected) => {
    expect(await selectedPython(api, 'here')).toBe(expected);
  });
});
