import { describe, expect, it, test } from 'vitest';
import { maskText } from '../../../src/core/secrets/maskText';
import { secretMark } from '../../../src/core/secrets/secretMark';
import { triggers } from '../../../src/core/secrets/secretTriggers';
import {
  awsSecretKey,
  hexKey,
  hfToken,
  jwt,
  pemBody,
  pemKey,
  random,
  shapedSecrets,
} from './fakeSecrets';

const X = secretMark;
const esc = '\u001b';

/** What is written, with what the secret is, and what is to be read. */
type Masked = readonly [text: string, secret: string, masked: string];

const byName: readonly Masked[] = [
  // Options, as a shell has them.
  ['train.py --api-key abc123def --lr 1', 'abc123def', `train.py --api-key ${X} --lr 1`],
  ['train.py --token=hunter2', 'hunter2', `train.py --token=${X}`],
  ['train.py --password hunter2', 'hunter2', `train.py --password ${X}`],
  ['train.py --password "two words" -x', 'two words', `train.py --password "${X}" -x`],
  ["train.py --password 'it,is;(odd)' -x", 'odd', `train.py --password '${X}' -x`],
  ['train.py --password=ab,cd)ef&gh', 'ef', `train.py --password=${X}`],
  ['train.py --password=ab"c d"ef --lr 1', 'c d', `train.py --password=${X} --lr 1`],
  ['train.py --password ab\\ cd --lr 1', 'cd', `train.py --password ${X} --lr 1`],
  ['train.py --hub_token abcdefgh', 'abcdefgh', `train.py --hub_token ${X}`],
  ['train.py --hf-token \\\n  abcdefgh9', 'abcdefgh9', `train.py --hf-token \\\n  ${X}`],
  ['train.py --secret s3cr3t', 's3cr3t', `train.py --secret ${X}`],
  ['train.py --client-secret=s3cr3t;ls', 's3cr3t', undefined as never],
  ['x --pass swordfish', 'swordfish', `x --pass ${X}`],
  ['x --aws-access-key-id ABCDEF', 'ABCDEF', `x --aws-access-key-id ${X}`],
  ['x -token hunter22', 'hunter22', `x -token ${X}`],
  // Assignments of shells and programs.
  [`WANDB_API_KEY=${hexKey} python t.py`, hexKey, `WANDB_API_KEY=${X} python t.py`],
  ['export HF_TOKEN=abc', 'abc', `export HF_TOKEN=${X}`],
  ['export FOO_TOKEN="abc def"', 'abc def', `export FOO_TOKEN="${X}"`],
  [`AWS_SECRET_ACCESS_KEY=${awsSecretKey} x`, awsSecretKey, `AWS_SECRET_ACCESS_KEY=${X} x`],
  ['MYSQL_PWD=tiger mysql', 'tiger', `MYSQL_PWD=${X} mysql`],
  ['PGPASSWORD=tiger psql', 'tiger', `PGPASSWORD=${X} psql`],
  ['SSHPASS=tiger sshpass -e', 'tiger', `SSHPASS=${X} sshpass -e`],
  ['DB_PASS=tiger x', 'tiger', `DB_PASS=${X} x`],
  ['OPENAI_API_KEY_2=tiger x', 'tiger', `OPENAI_API_KEY_2=${X} x`],
  ['$env:HF_TOKEN = "tiger"', 'tiger', `$env:HF_TOKEN = "${X}"`],
  ['set -gx HF_TOKEN tiger', 'tiger', `set -gx HF_TOKEN ${X}`],
  ['setx HF_TOKEN tiger', 'tiger', `setx HF_TOKEN ${X}`],
  [`MY_THING_KEY=${random(24)}`, random(24), `MY_THING_KEY=${X}`],
  ['declare -x NPM_TOKEN="tiger"', 'tiger', `declare -x NPM_TOKEN="${X}"`],
  ['TOKEN=tiger', 'tiger', `TOKEN=${X}`],
  ['python t.py auth.token=abcd1234', 'abcd1234', `python t.py auth.token=${X}`],
  ['python t.py +wandb.api_key=abcd', 'abcd', `python t.py +wandb.api_key=${X}`],
  // As programs print them.
  ["{'api_key': 'abcd', 'lr': 0.1}", 'abcd', `{'api_key': '${X}', 'lr': 0.1}`],
  ['{"accessToken":"abcd","lr":1}', 'abcd', `{"accessToken":"${X}","lr":1}`],
  [
    '{\\"accessToken\\": \\"abcd\\", \\"lr\\": 1}',
    'abcd',
    `{\\"accessToken\\": \\"${X}\\", \\"lr\\": 1}`,
  ],
  ["Namespace(lr=1, hub_token='abcd')", 'abcd', `Namespace(lr=1, hub_token='${X}')`],
  ['Config(lr=1, hub_token=abcd, bs=2)', 'abcd', `Config(lr=1, hub_token=${X}, bs=2)`],
  ['password: hunter2', 'hunter2', `password: ${X}`],
  ['  db_password : hunter2', 'hunter2', `  db_password : ${X}`],
  ['  api_key ............ hunter2', 'hunter2', `  api_key ............ ${X}`],
  ['│ api_key   │ hunter2    │', 'hunter2', `│ api_key   │ ${X}    │`],
  ["('api_key', 'hunter2')", 'hunter2', `('api_key', '${X}')`],
  ["os.environ['HF_TOKEN'] = 'hunter2'", 'hunter2', `os.environ['HF_TOKEN'] = '${X}'`],
  ["    api_key: str = 'hunter2'", 'hunter2', `    api_key: str = '${X}'`],
  ["    login(token=b'hunter2')", 'hunter2', `    login(token=b'${X}')`],
  [`wandb.login(key='${hexKey}')`, hexKey, `wandb.login(key='${X}')`],
  ['API key: hunter2', 'hunter2', `API key: ${X}`],
  ['token: abcdefgh12345678', 'abcdefgh12345678', `token: ${X}`],
  ['Error: token=abcd1234, try again', 'abcd1234', `Error: token=${X}, try again`],
  ['X-API-Key: hunter2', 'hunter2', `X-API-Key: ${X}`],
  ['PRIVATE-TOKEN: hunter2', 'hunter2', `PRIVATE-TOKEN: ${X}`],
  [
    `AccountName=a;AccountKey=${random(60)}==;Endpoint=b`,
    random(60),
    `AccountName=a;AccountKey=${X};Endpoint=b`,
  ],
  [
    'machine api.wandb.ai login user password hunter2',
    'hunter2',
    `machine api.wandb.ai login user password ${X}`,
  ],
];

const byForm: readonly Masked[] = [
  ['Authorization: Bearer hunter2', 'hunter2', `Authorization: Bearer ${X}`],
  ['curl -H "Authorization: Bearer ab.cd" u', 'ab.cd', `curl -H "Authorization: Bearer ${X}" u`],
  ["{'Authorization': 'Basic YTpi', 'a': 1}", 'YTpi', `{'Authorization': 'Basic ${X}', 'a': 1}`],
  [
    'Authorization: AWS4-HMAC-SHA256 Credential=A/b, Signature=c',
    'Signature',
    `Authorization: ${X}`,
  ],
  ['proxy-authorization: token hunter2', 'hunter2', `proxy-authorization: token ${X}`],
  [`got Bearer ${random(20)} back`, random(20), `got Bearer ${X} back`],
  ['Cookie: session=abc; id=5', 'session', `Cookie: ${X}`],
  ['postgres://user:hunter2@host/db', 'hunter2', `postgres://user:${X}@host/db`],
  ['https://user:p@ss@host:5000/x', 'p@ss', `https://user:${X}@host:5000/x`],
  ['redis://:hunter2@host', 'hunter2', `redis://:${X}@host`],
  [`https://${random(30)}@github.com/a/b`, random(30), `https://${X}@github.com/a/b`],
  ['https://h/x?token=abcd1234&lr=1', 'abcd1234', `https://h/x?token=${X}&lr=1`],
  ['https://h/x?a=1&sig=ab%2Bcd%3D&b=2', 'ab%2Bcd', `https://h/x?a=1&sig=${X}&b=2`],
  ['https://h/x?X-Amz-Signature=abcdef&b=2', 'abcdef', `https://h/x?X-Amz-Signature=${X}&b=2`],
  ['https://h/x?X-Amz-Credential=abc%2Fd&b=2', 'abc%2Fd', `https://h/x?X-Amz-Credential=${X}&b=2`],
  [
    `https://hooks.slack.com/services/T0/B0/${random(24)}`,
    random(24),
    `https://hooks.slack.com/services/${X}`,
  ],
  [
    `https://discord.com/api/webhooks/123456789012/${random(60)} ok`,
    random(60),
    `https://discord.com/api/webhooks/${X} ok`,
  ],
  [
    `https://api.telegram.org/bot123456789:${random(35)}/send`,
    random(35),
    `https://api.telegram.org/bot${X}/send`,
  ],
  ['mysql -u root -phunter2 db', 'hunter2', `mysql -u root -p${X} db`],
  ['curl -s -u user:hunter2 https://h', 'hunter2', `curl -s -u user:${X} https://h`],
  ['curl --user "user:hunter2" https://h', 'hunter2', `curl --user "user:${X}" https://h`],
  ['sshpass -p hunter2 ssh host', 'hunter2', `sshpass -p ${X} ssh host`],
  ["sshpass -p'hunter 2' ssh host", 'hunter 2', `sshpass -p'${X}' ssh host`],
  ['docker login -u me -p hunter2 host', 'hunter2', `docker login -u me -p ${X} host`],
  ['redis-cli -h host -a hunter2', 'hunter2', `redis-cli -h host -a ${X}`],
  [`wandb login --relogin ${hexKey}`, hexKey, `wandb login --relogin ${X}`],
  ['openssl x -passin pass:hunter2 -in f', 'hunter2', `openssl x -passin pass:${X} -in f`],
  [
    `a\n${pemKey}\nb`,
    pemBody,
    `a\n-----BEGIN RSA PRIVATE KEY-----${X}-----END RSA PRIVATE KEY-----\nb`,
  ],
  [
    JSON.stringify({ private_key: pemKey }),
    random(64),
    `{"private_key":"-----BEGIN RSA PRIVATE KEY-----${X}-----END RSA PRIVATE KEY-----"}`,
  ],
  // Colours around and inside.
  [`${esc}[32m${hfToken}${esc}[0m.`, hfToken, `${esc}[32mhf_${X}${esc}[0m.`],
  [`${esc}[1mapi_key${esc}[0m=${esc}[33m'hunter2'${esc}[0m`, 'hunter2', undefined as never],
  [`hf_${esc}[1m${random(34)}`, random(34), `hf_${X}${esc}[1m`],
  [`hf_${random(10)}${esc}[1m${random(24)}`, random(10), `hf_${X}${esc}[1m`],
  [`${esc}[2A${hfToken}${esc}[2Bok`, random(34), `${esc}[2Ahf_${X}${esc}[2Bok`],
  [`10%\r20% key is\\n${hfToken}\r30%`, random(34), `10%\r20% key is\\nhf_${X}\r30%`],
  [`a=${jwt} b`, jwt.slice(3), `a=eyJ${X} b`],
];

describe('a credential', () => {
  it.each([...byName, ...byForm])('is masked in %j', (text, secret, masked) => {
    const result = maskText(text);
    expect(result.text).not.toContain(secret);
    if (masked !== undefined) expect(result.text).toBe(masked);
    expect(result.count).toBeGreaterThan(0);
  });

  it.each(shapedSecrets)('is known by its look: %s…', (prefix, rest) => {
    for (const [before, after] of [
      ['', ''],
      ['got ', ' back'],
      ['x="', '",'],
      ['(', ')'],
      ['https://h/', '/x'],
      ['a:', '\r\n'],
    ] as const) {
      const { text, count } = maskText(before + prefix + rest + after);
      expect(text).toBe(`${before}${prefix}${X}${after}`);
      expect(count).toBe(1);
    }
  });
});

const untouched: readonly string[] = [
  // Sizes, counts and names of the field.
  ...['--key-dim 64', '--sort-key loss', 'sort_key=val_loss', 'num_tokens=512', 'max_tokens: 4096'],
  ...['token_dim=64', '--tokenizer gpt2', '--tokenizer_name=bert-base-uncased', 'pad_token_id=0'],
  ...[
    "eos_token='</s>'",
    'pad_token="<pad>"',
    "'bos_token': '<|begin_of_text|>'",
    'mask_token=[MASK]',
  ],
  ...['secret_layer_size=3', 'monkey=1', 'keyboard: 5', 'key=0.5', 'token: 1234', 'token=the'],
  ...[
    'tokens/s: 51234.7',
    'tok/s=1234 tokens=5678',
    'token_accuracy=0.531',
    'loss_per_token: 0.123456',
  ],
  ...[
    'monitor_key=val/accuracy_top1',
    'primary_key: id_2024_01_01_long',
    'CACHE_KEY=v1-ubuntu-20.04-py310',
  ],
  ...[
    'n_heads=8 key_padding_mask=True',
    'tokenizer.json: 100%|███| 1.2M/1.2M',
    'query_key_value.weight',
  ],
  ...[
    "missing keys: ['head.weight']",
    '<All keys matched successfully>',
    "KeyError: 'loss_total_12345678'",
  ],
  ...[
    'Author: somebody12345',
    'authors=abcdefgh12345678',
    'passed 12 tests, 3 passes',
    'first_pass=abcdefgh1',
  ],
  ...[
    'compass: north123456789',
    'bypass=true1234',
    'credits: 12345678',
    'signature: (x: int) -> str',
  ],
  // Lists of names.
  ...["keys: 'api_key', 'password', 'client_secret'", 'r"set_password|get_password|whoami"'],
  // Places, references and words where a value would be.
  ...[
    '--token $HF_TOKEN',
    '--api-key "$KEY"',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: as a shell writes it
    '--password ${DB_PASSWORD}',
    'WANDB_API_KEY=$(cat k) python t.py',
  ],
  ...[
    '--token=%HF_TOKEN%',
    'password={{ vault.pw }}',
    '--token <token>',
    '  --token TOKEN  the token of the hub',
  ],
  ...[
    '[--api-key API_KEY]',
    'api_key=None',
    'hub_token: null',
    "token=''",
    'password: ',
    'Password:',
  ],
  ...[
    'use --token to pass it',
    'api_key=api_key,',
    'password=self.password',
    "api_key=os.environ['K']",
  ],
  ...[
    'token=get_token()',
    'password=********',
    `password=${X}`,
    'api_key: Optional[str] = None',
    'api_key: missing',
  ],
  ...['Error: invalid password', 'secret_key_path=/a/b', 'TOKEN_FILE=/run/secrets/x', '--token 5'],
  ...[
    'PWD=/home/someone',
    'OLDPWD=/home/x1',
    'SSH_AUTH_SOCK=/tmp/ssh-1/agent.2',
    'XAUTHORITY=/home/a/.Xauthority',
  ],
  ...[
    'GOOGLE_APPLICATION_CREDENTIALS=/a/b/service.json',
    '--ssh-key ~/.ssh/id_ed25519',
    'private_key=keys/dev.pem',
  ],
  // Addresses without a password.
  ...[
    'http://localhost:6006/ (press CTRL+C)',
    'https://host:5000',
    'ssh://git@github.com/a/b',
    'http://[::1]:8080',
  ],
  ...[
    'git@github.com:org/repo.git',
    'https://h/x?token=5&page=2',
    'postgres://user@host/db',
    'https://h/@scope/pkg',
  ],
  ...['sqlite:///a/b.db', 'postgres://user:$PW@host/db', 'postgres://user:***@host/db', 'a://b:c'],
  // Looks that are none.
  ...[
    'hf_hub_download(repo_id="a/b")',
    'sk-learn-contrib-package-name',
    'task-1234567890123456789012345',
  ],
  ...[
    'risk-assessment-of-everything',
    'eyJ is how it begins',
    'npm_config_cache=/root/.npm',
    'msg.something_long.and_more',
  ],
  ...[
    'Asia/Singapore 2024',
    'ASIA PACIFIC REGION',
    'bearer of bad news and more',
    'dapi_something_else',
  ],
  ...[
    '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b',
    'commit 9f86d081884c7d65',
    'sha256:9f86d081884c7d659a2feaa0c55ad015',
  ],
  ...['checkpoint-1234567890/model.safetensors', '550e8400-e29b-41d4-a716-446655440000'],
  ...['ssh-rsa AAAAB3NzaC1yc2E', '-----BEGIN CERTIFICATE-----', '-----BEGIN PUBLIC KEY-----'],
  // Options that belong to other tools.
  ...[
    'mkdir -p hunter2/abc',
    'cp -p a b',
    'python -u train.py',
    'ls -a dir',
    'docker run -u 1000:1000 -p 80:80 x',
  ],
  ...[
    'mysql -u root -p db2',
    'pytest -p no:cacheprovider',
    'ssh -p 2222 host',
    'mysql --port 3306 -P 3306',
  ],
];

test.each(untouched)('%j is left as it is', (text) => {
  expect(maskText(text)).toEqual({ text, count: 0 });
});

test('what is masked already is left and not counted', () => {
  for (const [text] of [...byName, ...byForm]) {
    const once = maskText(text).text;
    expect(maskText(once)).toEqual({ text: once, count: 0 });
  }
});

test('no trigger lies in another, which the reading of a text that is cut rests on', () => {
  for (const a of triggers) {
    expect(a.literal.length).toBeGreaterThanOrEqual(3);
    expect(a.anyCase ? a.literal.toLowerCase() : a.literal).toBe(a.literal);
    for (const b of triggers) {
      if (a !== b) expect(a.literal.toLowerCase()).not.toContain(b.literal.toLowerCase());
    }
  }
});
