import { describe, expect, it } from 'vitest';
import type { ProjectFiles } from '../../../src/core/params/config/projectFiles';
import { readCellParams } from '../../../src/core/params/readCellParams';

function paramsOf(
  cells: readonly string[],
  files: Readonly<Record<string, string>> = {},
): Record<string, string> {
  const project: ProjectFiles = {
    readConfig: (path) => files[path.slice('/p/'.length)],
    readModule: (path) => files[path.slice('/p/'.length)],
    isFolder: () => false,
  };
  const { params } = readCellParams({ cells, folder: '/p' }, project);
  return Object.fromEntries(params.map(({ key, value }) => [key, value]));
}

const parser = `import argparse
parser = argparse.ArgumentParser()
parser.add_argument('--lr', type=float, default=0.1)
parser.add_argument('--epochs', default=3)
`;

describe('the params of a training cell', () => {
  it.each([
    [
      'a dict that is changed',
      [
        "cfg = {'lr': 1e-3, 'bs': 32, 'old': 1}",
        "cfg.update(bs=64, wd=0.1)\ndel cfg['old']",
        'fit(cfg)',
      ],
      { 'cfg.lr': '1e-3', 'cfg.bs': '64', 'cfg.wd': '0.1' },
    ],
    [
      'what is computed',
      [
        'base = 16\nepochs = 3',
        "batch_size = base * 4\nname = f'run-{epochs}'",
        'model.fit(x, batch_size)\nprint(name)',
      ],
      { base: '16', epochs: '3', batch_size: '64', name: 'run-3' },
    ],
    [
      'a parser’s result',
      [parser, 'args = parser.parse_args([])', 'train(args)'],
      { lr: '0.1', epochs: '3' },
    ],
    [
      'a parser’s result of a text',
      [parser, "args = parser.parse_args('--lr 0.5'.split())", 'train(args)'],
      { lr: '0.5', epochs: '3' },
    ],
    [
      'an object with fields',
      [
        'from dataclasses import dataclass\n@dataclass\nclass Config:\n    lr: float = 0.1\n    layers: int = 2\n',
        'config = Config(lr=0.3)',
        'Trainer(config).fit()',
      ],
      { 'config.lr': '0.3', 'config.layers': '2' },
    ],
    [
      'a class of settings',
      ['class CFG:\n    lr = 0.1\n    epochs = 2\n', 'CFG.lr = 0.2', 'train(CFG.lr, CFG.epochs)'],
      { 'CFG.lr': '0.2', 'CFG.epochs': '2' },
    ],
    [
      'a namespace',
      [
        'from types import SimpleNamespace\nargs = SimpleNamespace(lr=1e-1)',
        'args.epochs = 4',
        'train(args)',
      ],
      { 'args.lr': '1e-1', 'args.epochs': '4' },
    ],
    [
      'a loop',
      ["cfg = {}\nfor k, v in [('lr', 0.1), ('wd', 0.2)]:\n    cfg[k] = v", 'fit(cfg)'],
      { 'cfg.lr': '0.1', 'cfg.wd': '0.2' },
    ],
    [
      'a function',
      ["def get():\n    lr = 0.1\n    return {'lr': lr, 'depth': 3}", 'cfg = get()', 'fit(cfg)'],
      { 'cfg.lr': '0.1', 'cfg.depth': '3' },
    ],
    [
      'the last of several values, magics between them',
      [
        '%%time\nlr = 0.1',
        '%matplotlib inline\n!pip install x\nlr = 0.2',
        '%%capture out\nfit(lr)',
      ],
      { lr: '0.2' },
    ],
    [
      'what Weights & Biases is told',
      [
        "import wandb\nwandb.init(project='x', config={'lr': 0.1, 'epochs': 3})",
        'wandb.config.lr = 0.5',
        'train()',
      ],
      { lr: '0.5', epochs: '3' },
    ],
    ['nothing that does not reach it', ['cfg = {"a": 1}\nother = 2 * 3', 'fit(x)'], {}],
  ] as const)('are those of %s', (_, cells, expected) => {
    expect(paramsOf(cells)).toEqual(expected);
  });

  it('are what a configuration file says that a cell opens, too', () => {
    const cells = [
      "import yaml\ncfg = yaml.safe_load(open('conf.yaml'))",
      'lr = 1',
      'fit(cfg, lr)',
    ];
    expect(paramsOf(cells, { 'conf.yaml': 'lr: 5\nwd: 0.1\n' })).toEqual({ lr: '1', wd: '0.1' });
  });

  it('are those of modules beside the notebook', () => {
    const cells = [
      'from options import get_parser',
      'args = get_parser().parse_args([])',
      'train(args)',
    ];
    const files = {
      'options.py': `def get_parser():\n${parser.replace(/^/gm, '    ')}\n    return parser\n`,
    };
    expect(paramsOf(cells, files)).toEqual({ lr: '0.1', epochs: '3' });
  });
});
