import { expect, test } from 'vitest';
import { maskJson } from '../../../src/core/secrets/maskJson';
import { secretMark } from '../../../src/core/secrets/secretMark';
import { hfToken, pemKey } from './fakeSecrets';

const X = secretMark;

test('texts are masked wherever they are, and by the name that they have', () => {
  const data = {
    cells: [{ source: ['x = 1\n', `t = "${hfToken}"`], execution_count: 1 }],
    metadata: { api_key: 'hunter2', pad_token: '<pad>', kept: [1, null, true, 'a'] },
    url: 'https://u:hunter2@h',
  };
  expect(maskJson(data)).toEqual({
    value: {
      cells: [{ source: ['x = 1\n', `t = "hf_${X}"`], execution_count: 1 }],
      metadata: { api_key: X, pad_token: '<pad>', kept: [1, null, true, 'a'] },
      url: `https://u:${X}@h`,
    },
    count: 3,
  });
});

test('a secret on several lines of a list is found', () => {
  const lines = `key = """${pemKey}"""\nprint(1)\n`.split(/(?<=\n)/);
  const { value, count } = maskJson({ source: lines });
  expect(count).toBe(1);
  expect(value).toEqual({
    source: [
      `key = """-----BEGIN RSA PRIVATE KEY-----${X}-----END RSA PRIVATE KEY-----"""\n`,
      'print(1)\n',
    ],
  });
});

test('without a secret the data is the same', () => {
  const data = { a: ['one\n', 'two\n', ''], b: [['x'], {}], c: 0.5, d: 'tokens/s: 5' };
  expect(maskJson(data)).toEqual({ value: data, count: 0 });
});
