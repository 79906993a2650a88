import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ConfigError } from '../../../../src/core/params/config/configValue';
import { flattenConfig } from '../../../../src/core/params/config/flattenConfig';
import { readConfig } from '../../../../src/core/params/config/readConfig';

type Format = Parameters<typeof readConfig>[1];

function flat(text: string, format: Format): Record<string, string> {
  const params = flattenConfig(readConfig(text, format));
  return Object.fromEntries(params.map(({ key, value }) => [key, value]));
}

describe('YAML', () => {
  it('gives values by their paths, as they are written', () => {
    const text = `
# of the experiment
lr: 1e-3
optim: {name: adam, betas: [0.9, 0.999]}
data:
  root: "./data"   # where
  size: 0x10
  on: yes
  empty:
  none: ~
layers:
  - 64
  - '32'
  - {name: x, size: 2}
text: |
  one
  two
`;
    expect(flat(text, 'yaml')).toEqual({
      lr: '1e-3',
      'optim.name': 'adam',
      'optim.betas': '[0.9,0.999]',
      'data.root': './data',
      'data.size': '0x10',
      'data.on': 'yes',
      'data.empty': 'null',
      'data.none': 'null',
      layers: '[64,"32",{"name":"x","size":2}]',
      text: 'one\ntwo\n',
    });
  });

  it('follows references and merges, and leaves interpolations and tags as text', () => {
    const text = `
base: &base {lr: 0.1, wd: 0}
train:
  <<: *base
  lr: 0.2
copy: *base
dir: \${base.lr}/\${oc.env:HOME}
object: !!python/object/apply:os.system ['rm -rf /']
pair: !tuple [1, 2]
`;
    expect(flat(text, 'yaml')).toEqual({
      'base.lr': '0.1',
      'base.wd': '0',
      'train.lr': '0.2',
      'train.wd': '0',
      'copy.lr': '0.1',
      'copy.wd': '0',
      dir: `\${base.lr}/\${oc.env:HOME}`,
      object: '["rm -rf /"]',
      pair: '[1,2]',
    });
  });

  it('reads the first document that holds something, of two values the last', () => {
    expect(flat('---\n---\na: 1\na: 2\n---\nb: 3\n', 'yaml')).toEqual({ a: '2' });
  });

  it('says where it is wrong', () => {
    expect(() => flat('a: 1\nb: [1,\nc: 2\n', 'yaml')).toThrow(/^line \d: /);
    expect(() => flat('- 1\n- 2\n', 'yaml')).toThrow('it holds no names with values');
  });

  it('does not grow without end by references', () => {
    const names = [...'abcdefghij'];
    const lines = names.map((name, index) => {
      const before = names[index - 1];
      return `${name}: &${name} [${Array(9)
        .fill(before === undefined ? 'x' : `*${before}`)
        .join(', ')}]`;
    });
    const startedAt = performance.now();
    expect(() => flat(lines.join('\n'), 'yaml')).toThrow(ConfigError);
    expect(() => flat('a: &a\n  b: *a\n', 'yaml')).toThrow(ConfigError);
    expect(performance.now() - startedAt).toBeLessThan(10_000);
  });
});

describe('JSON', () => {
  it('gives numbers as they are written, with comments and trailing commas', () => {
    const text = `{
  // DeepSpeed
  "train_batch_size": "auto",
  "optimizer": {"params": {"lr": 1e-05, "betas": [0.9, 0.95,], "eps": 1.0}}, /* of both */
  "zero": {"stage": 3, "offload": null, "url": "http://x//y", 'it"s': 'a "b"'},
  "big": Infinity,
}
`;
    expect(flat(text, 'json')).toEqual({
      train_batch_size: 'auto',
      'optimizer.params.lr': '1e-05',
      'optimizer.params.betas': '[0.9,0.95]',
      'optimizer.params.eps': '1.0',
      'zero.stage': '3',
      'zero.offload': 'null',
      'zero.url': 'http://x//y',
      'zero.it"s': 'a "b"',
      big: 'Infinity',
    });
  });

  it('says where it is wrong', () => {
    expect(() => flat('{"a": 1\n "b": 2}', 'json')).toThrow('line 2: a comma or } was expected');
    expect(() => flat('{"a": 1} x', 'json')).toThrow('more follows its end');
    expect(() => flat('{"a": "b', 'json')).toThrow('a text has no end');
  });
});

describe('TOML', () => {
  it('gives numbers as Python prints them', () => {
    const text = `lr = 1e-3\nsteps = 1_000\nratio = 1.0\n[model.head]\nname = "a"\nsizes = [1, 2]\nday = 2024-01-02\n`;
    expect(flat(text, 'toml')).toEqual({
      lr: '0.001',
      steps: '1000',
      ratio: '1.0',
      'model.head.name': 'a',
      'model.head.sizes': '[1,2]',
      'model.head.day': '2024-01-02',
    });
    expect(() => flat('a = 1\nb = \n', 'toml')).toThrow(/^line 2: /);
  });
});

describe('INI', () => {
  it('is read as configparser reads it, and spaCy nests its sections', () => {
    const text = `
[DEFAULT]
seed = 1
[training]
lr: 0.1   ; small
path = ./a#b
names =
    one
    two
[training.optimizer]
@optimizers = "Adam.v1"
beta = [0.9, 0.99]
`;
    expect(flat(text, 'ini')).toEqual({
      seed: '1',
      'training.lr': '0.1',
      'training.path': './a#b',
      'training.names': 'one\ntwo',
      'training.optimizer.@optimizers': 'Adam.v1',
      'training.optimizer.beta': '[0.9, 0.99]',
    });
    expect(() => flat('[a]\nnothing\n', 'ini')).toThrow('line 2: neither a section nor a value');
  });
});

describe('any text', () => {
  const formats: readonly Format[] = ['yaml', 'json', 'toml', 'ini'];
  it.each(formats)('as %s is read, or refused in words', (format) => {
    const piece = fc.constantFrom(
      ...'{}[]:,"\'#&*!|>-=\n\t \\ab1'.split(''),
      '<<: *a',
      '&a ',
      '"""',
      '[a]',
    );
    const text = fc.oneof(
      fc.array(piece, { maxLength: 60 }).map((pieces) => pieces.join('')),
      fc.string({ unit: 'binary' }),
    );
    fc.assert(
      fc.property(text, (each) => {
        try {
          flattenConfig(readConfig(each, format));
        } catch (error) {
          expect(error).toBeInstanceOf(ConfigError);
        }
      }),
      { numRuns: 1_000 },
    );
  });

  it('gives a bounded number of params', () => {
    const many = Array.from({ length: 5_000 }, (_, index) => `k${index}: ${index}`).join('\n');
    expect(flattenConfig(readConfig(many, 'yaml'))).toHaveLength(2_000);
  });
});
