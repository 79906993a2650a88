import { describe, expect, it } from 'vitest';
import { parseCommand } from '../../../../src/core/command/parseCommand';
import { configsInArguments } from '../../../../src/core/params/config/configsInArguments';

const named = (line: string) => {
  const { args, launcherArgs } = parseCommand(line);
  return configsInArguments([...launcherArgs, ...args]).map(({ path, prefix }) =>
    prefix === undefined ? path : `${prefix}: ${path}`,
  );
};

describe('the configuration files of a command line', () => {
  it.each([
    ['python t.py --config conf.yaml --lr 1', ['conf.yaml']],
    ['python t.py --config=a.yaml,b.yaml', ['a.yaml', 'b.yaml']],
    ['python t.py --cfg a.yml b.yml', ['a.yml', 'b.yml']],
    ['python t.py -c conf.toml', ['conf.toml']],
    ['python t.py --config-file configs/r50.yaml SOLVER.BASE_LR 0.1', ['configs/r50.yaml']],
    ['python t.py -opt options/train.yml', ['options/train.yml']],
    ['python t.py configs/x.yaml --amp', ['configs/x.yaml']],
    ['python t.py --amp configs/x.yaml', ['configs/x.yaml']],
    ['python main.py fit --config c.yaml --trainer.max_epochs 3', ['c.yaml']],
    ['python tools/train.py configs/r50.py --cfg-options a.b=1', ['configs/r50.py']],
    ['python train.py config/shakespeare.py --device=cpu', ['config/shakespeare.py']],
    ['python t.py --config=configs/default.py --config.lr=1', ['configs/default.py']],
    ['python t.py cfg=my.yaml lr=1', ['my.yaml']],
    ['python t.py @args.txt', ['args.txt']],
    ['python t.py --flagfile=flags.txt', ['flags.txt']],
    ['python t.py --gin_file=a.gin', ['a.gin']],
    ['python run.py args.json', ['args.json']],
    ['python t.py --deepspeed ds.json --lr 1', ['deepspeed: ds.json']],
    ['python t.py --model-config m.json', ['model_config: m.json']],
    ['accelerate launch --config_file acc.yaml t.py --lr 1', ['acc.yaml']],
    ['accelerate launch -m axolotl.cli.train sft.yml', ['sft.yml']],
    ['axolotl train sft.yaml', ['sft.yaml']],
    ['tune run lora --config my.yaml lr=1', ['my.yaml']],
    ['python -m spacy train config.cfg --paths.train a.spacy', ['config.cfg']],
    ['llamafactory-cli train a.yaml', ['a.yaml']],
  ])('%s', (line, expected) => {
    expect(named(line)).toEqual(expected);
  });

  it.each([
    'python t.py --data data.yaml --train_file train.json --vocab vocab.json',
    'python t.py data=coco8.yaml model=yolo.pt',
    'python t.py --output out.json --log-file log.yaml',
    'python t.py train.json results.json',
    'python t.py --config base --lr 0.1',
    'python t.py other.py',
    'python t.py model@x=y',
  ])('none in %s', (line) => {
    expect(named(line)).toEqual([]);
  });
});
