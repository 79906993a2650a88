import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isNeverTraining } from '../../../src/core/command/isNeverTraining';
import { parseCommand } from '../../../src/core/command/parseCommand';
import { splitCommand } from '../../../src/core/command/splitCommand';

const words = (line: string): readonly string[] => splitCommand(line).map(({ text }) => text);
const params = (line: string): Readonly<Record<string, string>> =>
  Object.fromEntries(parseCommand(line).params.map(({ key, value }) => [key, value]));

describe('splitCommand', () => {
  it.each([
    [`a 'b c' "d e" f\\ g`, ['a', 'b c', 'd e', 'f g']],
    [`a "x \\"y\\" $z" 'it''s'`, ['a', 'x "y" $z', 'its']],
    ['a --x="b c"', ['a', '--x=b c']],
    ['a \\\n> --b 1 \\\n  --c', ['a', '--b', '1', '--c']],
    ['a `\r\n  --b', ['a', '--b']],
    ['a | b && c; d &', ['a', '|', 'b', '&&', 'c', ';', 'd', '&']],
    ['a > out.log 2>&1', ['a', '>', 'out.log', '2>&1']],
    [
      '.\\.venv\\Scripts\\python.exe C:\\x\\train.py',
      ['.\\.venv\\Scripts\\python.exe', 'C:\\x\\train.py'],
    ],
    ['a # note', ['a']],
    ["a 'open", ['a', 'open']],
    ['a ""', ['a', '']],
  ])('%s', (line, expected) => {
    expect(words(line)).toEqual(expected);
  });

  it('never throws', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (line) => void parseCommand(line)));
  });
});

describe('the script of a command', () => {
  it.each([
    ['python train.py', 'train.py'],
    ['python3.11 -u -W ignore train.py --lr 1', 'train.py'],
    ['.venv/bin/python src/train.py', 'src/train.py'],
    ['CUDA_VISIBLE_DEVICES=0 python train.py', 'train.py'],
    ['cd exp && source .venv/bin/activate && python train.py | tee log.txt', 'train.py'],
    ['nohup python train.py > out.log 2>&1 &', 'train.py'],
    ['time env A=1 python train.py', 'train.py'],
    ['torchrun --nproc_per_node 2 --master_port 29501 ddp.py --epochs 2', 'ddp.py'],
    ['python -m torch.distributed.launch --nproc_per_node=2 ddp.py', 'ddp.py'],
    ['accelerate launch --mixed_precision fp16 train.py --lr 1', 'train.py'],
    ['deepspeed --num_gpus 2 main.py --deepspeed', 'main.py'],
    ['uv run --with torch train.py', 'train.py'],
    ['poetry run python train.py', 'train.py'],
    ['conda run -n ml python train.py', 'train.py'],
    ['timeout 10m python train.py', 'train.py'],
    ['for lr in 0.1 0.2; do python train.py --lr $lr; done', 'train.py'],
    ['& .\\.venv\\Scripts\\python.exe .\\train.py', '.\\train.py'],
    ["$env:A='1'; python train.py", 'train.py'],
    ['%run train.py --lr 1', 'train.py'],
    ['./train.py --lr 1', './train.py'],
    ['srun -n 4 python train.py', 'train.py'],
    ['mpirun -np 4 -x A python train.py', 'train.py'],
    ['(cd a; python train.py)', 'train.py'],
    ['jupyter nbconvert --to notebook --execute explore.ipynb', 'explore.ipynb'],
    ['bash train.sh --lr 1', 'train.sh'],
  ])('%s', (line, script) => {
    expect(parseCommand(line).script).toBe(script);
  });

  it('or its module', () => {
    const parsed = parseCommand('python -m pkg.train --lr 0.1');
    expect(parsed).toMatchObject({ kind: 'python', module: 'pkg.train', args: ['--lr', '0.1'] });
    expect(parsed.script).toBeUndefined();
  });

  it('with where it runs and where its output goes', () => {
    expect(parseCommand('cd exp && python train.py > a.log 2>&1 &')).toMatchObject({
      workingDirectory: 'exp',
      output: { path: 'a.log', appends: false },
      background: true,
    });
  });
});

describe('params of a command', () => {
  it.each([
    ['python t.py --lr 0.1 --epochs=5', { lr: '0.1', epochs: '5' }],
    ['python t.py -lr 0.1 -e 3', { lr: '0.1', e: '3' }],
    ['python t.py --amp --no-cuda --batch-size 8', { amp: 'true', cuda: 'false', batch_size: '8' }],
    ['python t.py --sizes 64 32 --bias -0.5', { sizes: '64 32', bias: '-0.5' }],
    [
      'python t.py model.lr=0.1 +opt=adam ++a.b=[1,2] db@x=y',
      { 'model.lr': '0.1', opt: 'adam', 'a.b': '[1,2]', 'db@x': 'y' },
    ],
    ['python t.py config.yaml --name "a b"', { name: 'a b' }],
    ['python t.py -m lr=0.1,0.01 model=a,b', { lr: '0.1,0.01', model: 'a,b' }],
    ['python t.py --multirun lr=0.1 ~model.bias ~x=1', { lr: '0.1' }],
    ['python t.py -m resnet --amp lr=1', { m: 'resnet', amp: 'true', lr: '1' }],
    [
      'python t.py --set a.b=1 -o c=2 --cfg-options d=3 e.f=4',
      { 'a.b': '1', c: '2', d: '3', 'e.f': '4' },
    ],
    [
      'python t.py --set=a=1 --model_args pretrained=x,dtype=f',
      { a: '1', model_args: 'pretrained=x,dtype=f' },
    ],
    [
      'python t.py --config-file c.yaml SOLVER.BASE_LR 0.1 MODEL.NAME r50',
      { config_file: 'c.yaml', 'SOLVER.BASE_LR': '0.1', 'MODEL.NAME': 'r50' },
    ],
    [
      'python t.py fit --trainer.max_epochs 3 --model.lr=1',
      { 'trainer.max_epochs': '3', 'model.lr': '1' },
    ],
    ['java -Dtrain.lr=0.1 Main', { 'train.lr': '0.1' }],
    ['train.exe /lr:0.1 /data:x', { lr: '0.1', data: 'x' }],
    ['nsys profile -o out python t.py --lr 1', { lr: '1' }],
    ['py-spy record -o p.svg -- python t.py --lr 1', { lr: '1' }],
    ['horovodrun -np 2 -H a:1 python t.py --lr 1', { lr: '1' }],
    ['srun --gres=gpu:1 -n 4 python -u t.py --lr 1', { lr: '1' }],
    ['fabric run --devices 2 t.py --lr 1', { lr: '1' }],
    ['python t.py --lr 1 --lr 2', { lr: '2' }],
    ['torchrun --nproc_per_node 2 t.py --lr 1', { lr: '1' }],
    ['svm-train -c 10 -g 0.5 -v5 a.train', { c: '10', g: '0.5', v: '5' }],
    ['papermill a.ipynb b.ipynb -p lr 0.1', { lr: '0.1' }],
    ['papermill a.ipynb b.ipynb -f p.yaml -p lr 0.1', { parameters_file: 'p.yaml', lr: '0.1' }],
    ['make -j2 && ./run', {}],
    [
      'CUDA_VISIBLE_DEVICES=0 LR=0.1 env SEED=2 python t.py --epochs 3',
      { LR: '0.1', SEED: '2', epochs: '3' },
    ],
    ['OMP_NUM_THREADS=8 WANDB_MODE=offline PYTHONPATH=. ./train_gpt2', {}],
    ['cargo run --example jit -- --lr 0.1', { lr: '0.1' }],
  ])('%s', (line, expected) => {
    expect(params(line)).toEqual(expected);
  });
});

describe('isNeverTraining', () => {
  it.each([
    'git log --stat',
    'ls -l',
    'cat train.log',
    'grep -n loss train.py',
    'pip install torch',
    'python -m pip list',
    'python -m pytest -v',
    'pytest',
    'npm test',
    'docker build -t a .',
    'apt-get update; apt-get install x',
    '',
    'python3 -m http.server',
    'cat a.log | grep loss',
    'FOO=1',
    'sudo apt install x',
    'tail -n 5 train.log',
    'conda install pytorch',
    'uv pip install torch',
  ])('%s', (line) => {
    expect(isNeverTraining(parseCommand(line))).toBe(true);
  });

  it.each([
    'python train.py',
    './train_gpt2',
    'make train',
    'bash run.sh',
    'ssh host',
    'docker run img',
    'kubectl logs x',
    'cd x && python -m pkg.train',
    'spacy train c.cfg',
    'git pull && python train.py',
    'uv run train.py',
    'conda run -n a python t.py',
    'for i in 1 2; do python t.py; done',
    'svm-train a',
    'dvc repro',
    'tail -f train.log',
  ])('but not %s', (line) => {
    expect(isNeverTraining(parseCommand(line))).toBe(false);
  });
});
