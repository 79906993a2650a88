import { describe, expect, it } from 'vitest';
import { collectCellParams, literalAssignments } from '../../../src/core/python/assignments';

function toRecord(list: readonly { readonly key: string; readonly value: string }[]) {
  return Object.fromEntries(list.map(({ key, value }) => [key, value]));
}

const table: readonly (readonly [string, Readonly<Record<string, string>>])[] = [
  ['lr = 1e-3', { lr: '1e-3' }],
  ['lr: float = 0.1', { lr: '0.1' }],
  ['n = 1_000; m = -2', { n: '1_000', m: '-2' }],
  ['batch = 2**7\nsteps = 16 * 1024 // 3', { batch: '128', steps: '5461' }],
  ['name = "resnet50"', { name: 'resnet50' }],
  ["path = r'C:\\x'", { path: 'C:\\x' }],
  ['text = "a" "b"', { text: 'ab' }],
  ['url = ("a/"\n  "b")', { url: 'a/b' }],
  ['on = True; off = False; none = None', { on: 'True', off: 'False', none: 'None' }],
  ['a = b = 3', { a: '3', b: '3' }],
  ['lr, epochs = 0.1, 10', { lr: '0.1', epochs: '10' }],
  ['(lr, epochs) = (0.1, 10)', { lr: '0.1', epochs: '10' }],
  ['layers = (64,\n   32)', { layers: '(64, 32)' }],
  ['grid = [1, [2, 3]]', { grid: '[1, [2, 3]]' }],
  [
    'p = {"max_depth": 3, "eta": .1, "sub": {"a": 1}}',
    { 'p.max_depth': '3', 'p.eta': '.1', 'p.sub.a': '1' },
  ],
  ['names = {1: "a", 2: "b"}', { names: '{1: "a", 2: "b"}' }],
  ['cfg = dict(lr=0.1, opt="sgd")', { 'cfg.lr': '0.1', 'cfg.opt': 'sgd' }],
  ['args = TrainingArguments("out", learning_rate=2e-5)', { 'args.learning_rate': '2e-5' }],
  ['cfg.lr = 0.1\ncfg["epochs"] = 3', { 'cfg.lr': '0.1', 'cfg.epochs': '3' }],
  [
    'class CFG:\n    lr = 1e-3\n    debug: bool = False',
    { 'CFG.lr': '1e-3', 'CFG.debug': 'False' },
  ],
  ['if __name__ == "__main__":\n    seed = 7', { seed: '7' }],
  ['%%time\nlr = 0.5\n!ls', { lr: '0.5' }],
  [
    'clf = MLPClassifier(hidden_layer_sizes=(64,), alpha=1e-4)\nclf.fit(X, y)',
    { hidden_layer_sizes: '(64,)', alpha: '1e-4' },
  ],
  [
    'epochs = 5\nh = model.fit(X, y, epochs=9, batch_size=32, callbacks=cbs)',
    { epochs: '5', 'fit.epochs': '9', batch_size: '32' },
  ],
  ['model.compile(optimizer="adam", loss="mse")', { optimizer: 'adam', loss: 'mse' }],
  [
    'pipe = make_pipeline(PCA(n_components=8), SVC(C=10, kernel="rbf"))',
    { n_components: '8', C: '10', kernel: 'rbf' },
  ],
  [
    'm = keras.Sequential([layers.Dense(64, activation="relu")])\nopt = Adam(m.parameters(), lr=1e-3)',
    { lr: '1e-3' },
  ],
];

const nothing: readonly string[] = [
  'x = compute()',
  'x = y',
  'x = f"{y}"',
  'x = [y, 1]',
  'losses = []\ncache = {}',
  'step = 0\nfor b in data:\n    step += 1',
  'best = 0.0\nfor b in data:\n    best = max(best, b)',
  'def f():\n    lr = 0.1',
  'for i in range(3):\n    lr = 0.1',
  'os.environ["TOKEN"] = "abc"\nplt.rcParams["figure.dpi"] = 100',
  '_hidden = 1',
  `long = "${'x'.repeat(201)}"`,
  'df.columns = ["a", "b"]',
  'clf.fit(X, y, verbose=1)',
  'x == 3',
  'x[0] = 3',
  'x = ',
];

describe('literalAssignments', () => {
  it.each(table)('reads %j', (source, params) => {
    expect(toRecord(literalAssignments(source))).toEqual(params);
  });

  it.each(nothing)('gives nothing for %j', (source) => {
    expect(literalAssignments(source)).toEqual([]);
  });

  it('lets the last assignment of a name count', () => {
    expect(literalAssignments('lr = 1\nlr = 2')).toEqual([{ key: 'lr', value: '2' }]);
  });

  it('gives 50 at most', () => {
    const many = Array.from({ length: 80 }, (_, i) => `p${i} = ${i}`).join('\n');
    expect(literalAssignments(many)).toHaveLength(50);
  });

  it('survives nesting of any depth', () => {
    expect(literalAssignments(`x = ${'['.repeat(20_000)}1`)).toEqual([]);
    expect(literalAssignments(`x = ${'1+'.repeat(20_000)}1`)).toEqual([]);
  });
});

describe('collectCellParams', () => {
  it('takes names that the training cell uses from earlier cells, the latest first', () => {
    const cells = [
      'lr = 0.1\nunused = 3',
      'lr = 0.2',
      'model.fit(X, y, lr=lr, epochs=4)',
      'lr = 9',
    ];
    expect(toRecord(collectCellParams(cells, 2))).toEqual({ lr: '0.2', epochs: '4' });
  });

  it('follows objects and functions made in between', () => {
    const cells = [
      'hidden = 64\nseed = 1',
      'model = Net(hidden, depth=3)',
      'def train():\n    for _ in range(EPOCHS):\n        loss(model).backward()',
      'EPOCHS = 12',
      'train()',
    ];
    expect(toRecord(collectCellParams(cells, 4))).toEqual({
      hidden: '64',
      depth: '3',
      EPOCHS: '12',
    });
  });

  it('takes the value that a name had when it was used', () => {
    const cells = ['width = 8', 'model = Net(width)', 'width = 99', 'model.fit(X, y)'];
    expect(toRecord(collectCellParams(cells, 3))).toEqual({ width: '8' });
  });

  it('adds up the parts of a config', () => {
    const cells = ['cfg = dict(lr=0.1, wd=0)', 'cfg["lr"] = 0.3', 'fit(cfg)'];
    expect(toRecord(collectCellParams(cells, 2))).toEqual({ 'cfg.lr': '0.3', 'cfg.wd': '0' });
  });

  it('ignores what the training cell defines anew', () => {
    const cells = ['model = Old(depth=9)', 'model = New(width=2)\nmodel.fit(X, y)'];
    expect(toRecord(collectCellParams(cells, 1))).toEqual({ width: '2' });
  });

  it('gives nothing for a cell that is not there', () => {
    expect(collectCellParams(['lr = 1'], 3)).toEqual([]);
  });
});
