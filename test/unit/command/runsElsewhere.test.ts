import { expect, test } from 'vitest';
import { runsElsewhere } from '../../../src/core/command/runsElsewhere';

test.each([
  'ssh gpu-box python train.py',
  'docker run --gpus all image python train.py',
  'cd x && sudo docker exec -it c python train.py',
  '/usr/bin/srun -n 4 python train.py',
  'kubectl logs -f pod/train',
])('%s', (commandLine) => {
  expect(runsElsewhere(commandLine)).toBe(true);
});

test.each([
  'python train.py --host ssh',
  'python ssh.py',
  'make docker',
  'uv run train.py',
  'time python -m docker.train',
  '',
])('not %s', (commandLine) => {
  expect(runsElsewhere(commandLine)).toBe(false);
});
