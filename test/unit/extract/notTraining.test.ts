import { describe, expect, it } from 'vitest';
import { createExtractor } from '../../../src/core/extract/extractor';
import { toolOutput } from './families/toolOutput';
import { withoutTraining } from './families/withoutTraining';

// Output that speaks of losses, steps and numbers, and is no training's. Without a command line too:
// a shell inside a shell, ssh or a container shows output alone.
const OUTPUTS: readonly (readonly [string, string])[] = [
  [
    'pip',
    'Collecting numpy==2.4.6\n  Downloading numpy-2.4.6.whl (16.1 MB)\n     ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━ 16.1/16.1 MB 45.2 MB/s eta 0:00:00\nSuccessfully installed numpy-2.4.6\n',
  ],
  [
    'pytest',
    'tests/test_loss.py::test_loss[0.5] PASSED    [ 50%]\nFAILED tests/test_a.py::test_loss - AssertionError: loss went up: [1.0, 0.9]\n==== 1 failed, 31 passed in 0.08s ====\n',
  ],
  [
    'git',
    'commit 3adf61e154c3\nAuthor: A <a@b.c>\n\n    Lower the loss by 0.5 with lr 0.1 at step 100\n\n train.py | 7 +++++++\n 1 file changed, 7 insertions(+)\n',
  ],
  [
    'ls',
    'total 260\n-rw-r--r-- 1 root root 11358 Dec 19  2004 loss.csv\ndrwxr-xr-x 2 root root  4096 May 20  2026 epoch_10\n',
  ],
  [
    'docker',
    'Step 1/4 : FROM nginx\n ---> f2f70adc5d89\nStep 2/4 : COPY . /app\n#5 [2/3] RUN pip install 0.5s done\n',
  ],
  [
    'gcc',
    "bad.c:2:48: error: 'los' undeclared\n    2 | int main(void){ int loss = 0.5; return 1; }\n      |                     ^~~~\n",
  ],
  [
    'traceback',
    'Traceback (most recent call last):\n  File "train.py", line 12, in <module>\n    loss = criterion(out, y)\nKeyError: \'loss\'\n',
  ],
  [
    'server',
    '127.0.0.1 - - [20/Nov/2026 14:09:58] "GET /proj/?step=10&loss=0.5 HTTP/1.1" 200 -\nINFO:     Uvicorn running on http://127.0.0.1:8000\n',
  ],
  [
    'ping',
    '64 bytes from 1.1.1.1: icmp_seq=1 ttl=57 time=12.3 ms\n2 packets transmitted, 2 received, 0% packet loss, time 1001ms\n',
  ],
  [
    'df',
    'Filesystem     1K-blocks    Used Available Use% Mounted on\n/dev/sda1       61255492 4123456  53990000   8% /\n',
  ],
  [
    'nvidia-smi',
    '| N/A   34C    P0    52W / 300W |   1234MiB / 81559MiB |     45%      Default |\n',
  ],
  ['npm', 'added 57 packages, and audited 58 packages in 3s\nfound 0 vulnerabilities\n'],
  [
    'top',
    '    PID USER      PR  NI    VIRT    RES    SHR S  %CPU  %MEM     TIME+ COMMAND\n   1234 root      20   0 1234560  98765  12345 R  50.0   3.1   0:12.34 node\n',
  ],
  ['rsync', '      1,234,567 100%   45.67MB/s    0:00:00 (xfr#1, to-chk=0/1)\n'],
  ['download', 'model.bin: 100%|██████████| 438M/438M [00:10<00:00, 41.2MB/s]\n'],
];

describe('output that is no training', () => {
  const blocks = Object.entries({ ...withoutTraining, ...toolOutput }).map(
    ([name, lines]) => [name, `${lines.join('\n')}\n`] as const,
  );

  it.each([...OUTPUTS, ...blocks])('%s gives nothing', (_name, text) => {
    const extractor = createExtractor();
    const parts = [extractor.push(text), extractor.end()];
    expect(parts.flatMap(({ metrics }) => metrics)).toEqual([]);
    expect(parts.flatMap(({ live }) => live)).toEqual([]);
    expect(parts.flatMap(({ params }) => params)).toEqual([]);
  });

  it('gives nothing for a command that never trains, whatever it shows', () => {
    const extractor = createExtractor({ command: 'cat train.log' });
    const parts = [extractor.push('epoch 1 loss 0.5\n'), extractor.end()];
    expect(parts.flatMap(({ metrics }) => metrics)).toEqual([]);
  });
});
