import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { createLogMasker } from '../../../src/core/secrets/logMasker';
import { maskText } from '../../../src/core/secrets/maskText';
import { secretMark } from '../../../src/core/secrets/secretMark';
import { hexKey, hfToken, jwt, pemBody, pemKey, random, shapedSecrets } from './fakeSecrets';

const esc = '\u001b';

function maskPieces(pieces: readonly string[]): string {
  const masker = createLogMasker();
  return pieces.map((piece) => masker.push(piece)).join('') + masker.end();
}

function cut(text: string, places: readonly number[]): string[] {
  const ends = [...new Set(places.map((place) => place % (text.length + 1))), text.length];
  ends.sort((a, b) => a - b);
  return ends.map((end, index) => text.slice(ends[index - 1] ?? 0, end));
}

/** A log with each secret in it, and what none of it may show afterwards. */
const log = [
  `epoch 1 loss=0.5 tokens/s=${'1234'}\r\n`,
  `10%|█ | 1/10 [00:01<00:09, loss=0.4]\r20%|██ | 2/10 [00:02<00:08, loss=0.3]\r\n`,
  ...shapedSecrets.map(([prefix, rest], index) => `${index} 🚀 key is ${prefix}${rest} größer\n`),
  `${esc}[32m'api_key'${esc}[0m: ${esc}[33m'${hexKey}'${esc}[0m, ${esc}[1mlr${esc}[0m=1\n`,
  `hf_${hfToken.slice(3, 10)}${esc}[1m${hfToken.slice(10)}${esc}[0m\r`,
  `${esc}]8;;https://u:hunter2hunter2@host${'\u0007'}link${esc}]8;;${'\u0007'}\n`,
  `+ python t.py --password "swordfish one" --token=swordfish-two HF_TOKEN=swordfish3\n`,
  `{\\"token\\": \\"swordfish4444\\"} postgres://a:swordfish@5@h/ ?sig=swordfish6&b=2\n`,
  `curl -s -u me:swordfish7 h; mysql -pswordfish8; Authorization: Bearer swordfish9\n`,
  `${pemKey}\nepoch 2 loss=0.25 and a password`,
].join('');
const gone = [
  ...shapedSecrets.map(([, rest]) => rest.slice(-12)),
  ...['swordfish', 'hunter2', hexKey, random(20), jwt.slice(3), pemBody.slice(0, 20)],
];

describe('a text that is cut', () => {
  const whole = maskText(log).text;

  it('shows no secret as a whole, and all the rest', () => {
    for (const secret of gone) expect(whole).not.toContain(secret);
    for (const kept of ['loss=0.25 and a password', '20%|██ | 2/10', 'tokens/s=1234', '--token=']) {
      expect(whole).toContain(kept);
    }
    expect(whole.split('🚀')).toHaveLength(shapedSecrets.length + 1);
  });

  it('reads the same cut in two at every place', () => {
    for (let at = 0; at <= log.length; at++) {
      const masked = maskPieces([log.slice(0, at), log.slice(at)]);
      if (masked !== whole) expect([at, masked]).toEqual([at, whole]);
    }
  });

  it('reads the same in pieces of any one length', () => {
    for (const length of [1, 2, 3, 5, 7, 16, 61, 255, 1000]) {
      const pieces = Array.from({ length: Math.ceil(log.length / length) }, (_, index) =>
        log.slice(index * length, (index + 1) * length),
      );
      expect(maskPieces(pieces), `pieces of ${length}`).toBe(whole);
    }
  });

  it('reads the same cut anywhere, whatever it is made of', () => {
    const part = fc.oneof(
      fc.constantFrom(...shapedSecrets.map((parts) => parts.join(''))),
      fc.constantFrom(
        ...[
          'api_key',
          'token',
          'HF_TOKEN',
          '--password',
          'Authorization',
          'Bearer ',
          'sig',
          'pass',
        ],
        ...[
          '=',
          ': ',
          ' ',
          '"',
          "'",
          '\\',
          '\\"',
          '\\n',
          '`',
          ',',
          ';',
          '&',
          '?',
          '@',
          '://',
          ':',
          '-',
          '--',
        ],
        ...[
          '\n',
          '\r',
          '\r\n',
          '\t',
          ' -u',
          ' -p',
          'curl',
          'mysql ',
          'docker login',
          'wandb login ',
        ],
        ...[
          `${esc}[31m`,
          `${esc}[0m`,
          `${esc}[2K`,
          `${esc}[1A`,
          `${esc}]0;`,
          '\u0007',
          esc,
          `${esc}[`,
        ],
        ...[
          '🚀',
          '\ud83d',
          'ü',
          '•',
          secretMark,
          '-----BEGIN PRIVATE KEY-----',
          '-----END',
          'eyJ',
          'sk-',
          'hf_',
        ],
        ...['hunter2', 'a,b', '(x)', '$TOKEN', 'None', 'loss=0.5', 'Cookie: a=b', '|', '│', '....'],
      ),
      fc.string({ maxLength: 4 }),
      fc.integer({ min: 1, max: 600 }).map((count) => 'x1'.repeat(count)),
    );
    fc.assert(
      fc.property(
        fc.array(part, { maxLength: 30 }),
        fc.array(fc.nat(10_000), { maxLength: 20 }),
        (parts, places) => {
          const text = parts.join('');
          const pieces = cut(text, places);
          expect(maskPieces(pieces)).toBe(maskText(text).text);
        },
      ),
      { numRuns: 3_000 },
    );
  });
});

test('a text without secrets comes out unchanged', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'binary' })), (pieces) => {
      const text = pieces.join('');
      fc.pre(maskText(text).count === 0);
      expect(maskPieces(pieces)).toBe(text);
    }),
  );
});

describe('what is held back', () => {
  /** What the masker keeps of a text that has no secret, at most. */
  function longestHeld(text: string, pieceLength: number): number {
    const masker = createLogMasker();
    let held = 0;
    let given = 0;
    for (let at = 0; at < text.length; at += pieceLength) {
      given += masker.push(text.slice(at, at + pieceLength)).length;
      held = Math.max(held, Math.min(text.length, at + pieceLength) - given);
    }
    expect(given + masker.end().length).toBe(text.length);
    return held;
  }

  it('is nothing of ordinary output', () => {
    const masker = createLogMasker();
    for (const piece of [
      'epoch 1 loss=0.5\r\n',
      '10%|█████     | 5/10 [00:01<00:01, 5.00it/s, loss=0.7]',
      '\r 60%|██████    | 6/10 [00:01<00:01, tokens/s=512, loss=0.6]',
      `${esc}[32mstep 5${esc}[0m: 12 tokens, keys: 3, passed.`,
      'tokenizer.json: 50%',
    ]) {
      expect(masker.push(piece)).toBe(piece);
    }
  });

  it.each([
    ['no line end', 'x'.repeat(1e6)],
    ['dots of progress', '.'.repeat(1e6)],
    ['the beginning of a web token', 'eyJ'.repeat(3e5)],
    ['words that are names', 'token key '.repeat(1e5)],
    ['addresses', 'a://b:c'.repeat(1e5)],
    ['a sequence that never ends', `${esc}[31`.repeat(2e5)],
    ['options', 'curl -u -p -a'.repeat(1e5)],
  ])('is bounded: %s', (_what, text) => {
    expect(longestHeld(text, 1000)).toBeLessThan(2_600);
  });

  it('is nothing of a secret that goes on for ever', () => {
    const masker = createLogMasker();
    let given = masker.push('password="');
    for (let piece = 0; piece < 1000; piece++) given += masker.push('a b,c;'.repeat(1000));
    given += masker.push('"\nepoch 1');
    expect(given + masker.end()).toBe(`password="${secretMark}"\nepoch 1`);
  });
});

test('a private key without an end does not take the log with it', () => {
  const [first = '', second = ''] = pemKey.split('\n');
  const { text } = maskText(`${first}\n${second}\nepoch 1: loss=0.5 (best)\nepoch 2 loss=0.25\n`);
  expect(text).not.toContain(second.slice(0, 20));
  expect(text).toContain('(best)\nepoch 2 loss=0.25');
});
