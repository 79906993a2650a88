import { describe, expect, it } from 'vitest';
import type { ProjectFiles } from '../../../src/core/params/config/projectFiles';
import { readRunParams } from '../../../src/core/params/readRunParams';

/** The params of `/p/train.py` in a project of these files. */
function paramsOf(
  files: Readonly<Record<string, string>>,
  args: readonly string[] = [],
  script = 'train.py',
): Record<string, string> {
  const project: ProjectFiles = {
    readConfig: (path) => files[path.slice('/p/'.length)],
    readModule: (path) => files[path.slice('/p/'.length)],
    isFolder: () => false,
  };
  const { params } = readRunParams(
    {
      script: { text: files[script] ?? '', path: `/p/${script}` },
      args,
      launcherArgs: [],
      given: [],
      folder: '/p',
    },
    project,
  );
  return Object.fromEntries(params.map(({ key, value }) => [key, value]));
}

const parser = `import argparse
def get_parser(extra=1):
    p = argparse.ArgumentParser()
    p.add_argument('-b', '--batch-size', type=int, default=8 * extra)
    p.add_argument('--lr', default=LR)
    return p
LR = 0.1
`;

describe('what a script takes from modules of its own', () => {
  it('is its parser, or a function that makes one', () => {
    const expected = { batch_size: '4', lr: '0.1' };
    const call = 'args = get_parser(2).parse_args()\n';
    for (const [files, script] of [
      [{ 'train.py': `from options import get_parser\n${call}`, 'options.py': parser }],
      [{ 'train.py': `from lib.options import *\n${call}`, 'lib/options.py': parser }],
      [
        {
          'train.py': `import lib.options as o\nargs = o.get_parser().parse_args()\n`,
          'lib/options.py': parser,
        },
      ],
      [
        {
          'train.py': `import lib.options\nargs = lib.options.get_parser().parse_args()\n`,
          'lib/options.py': parser,
        },
      ],
      [
        {
          'train.py': `def main():\n    from lib import make\n    make().parse_args()\nmain()\n`,
          'lib/__init__.py': 'from .options import get_parser as make\n',
          'lib/options.py': parser,
        },
      ],
      [
        {
          'pkg/train.py': `from .options import get_parser\n${call}`,
          'pkg/options.py': parser,
        },
        'pkg/train.py',
      ],
      [
        {
          'tools/train.py': `import sys\nsys.path.append('lib')\nfrom options import get_parser\n${call}`,
          'lib/options.py': parser,
        },
        'tools/train.py',
      ],
      [
        {
          'train.py': `from options import args\nprint(args.lr)\n`,
          'options.py': `${parser}\nargs = get_parser().parse_args()\n`,
        },
      ],
      [
        {
          'train.py': `from options import parser\nparser.parse_args()\n`,
          'options.py': `${parser}\nparser = get_parser()\n`,
        },
      ],
    ] as const satisfies readonly (readonly [Record<string, string>, string?])[]) {
      expect(paramsOf(files, ['-b', '4'], script)).toMatchObject(expected);
    }
  });

  it('are the classes that hold its arguments, and what they inherit', () => {
    const files = {
      'train.py': `from transformers import HfArgumentParser
from args import ModelArgs
HfArgumentParser(ModelArgs).parse_args_into_dataclasses()
`,
      'args.py': `from dataclasses import dataclass
from base import Base
WIDTH = 64
@dataclass
class ModelArgs(Base):
    width: int = WIDTH
`,
      'base.py': `from dataclasses import dataclass
@dataclass
class Base:
    lr: float = 1e-3
`,
    };
    expect(paramsOf(files, ['--width', '3'])).toEqual({ lr: '0.001', width: '3' });
  });

  it('are its constants', () => {
    const constants = 'LR = 0.1\nname = "x"\nmodel = make()\n';
    expect(
      paramsOf({ 'train.py': 'from settings import LR, model\n', 'settings.py': constants }),
    ).toEqual({ LR: '0.1' });
    expect(paramsOf({ 'train.py': 'from anything import *\n', 'anything.py': constants })).toEqual({
      LR: '0.1',
    });
    expect(paramsOf({ 'train.py': 'import config as c\n', 'config.py': constants })).toEqual({
      'c.LR': '0.1',
      'c.name': 'x',
    });
    expect(paramsOf({ 'train.py': 'import anything\n', 'anything.py': constants })).toEqual({});
    const own = `import argparse, config\np = argparse.ArgumentParser()\np.add_argument('--lr', default=config.LR)\np.parse_args()\n`;
    expect(paramsOf({ 'train.py': own, 'config.py': constants })).toMatchObject({ lr: '0.1' });
  });

  it('does not include what only runs where the module is the program', () => {
    const main = `${parser}\nif __name__ == '__main__':\n    get_parser(5).parse_args()\n`;
    const files = {
      'train.py': 'from options import get_parser\nget_parser(2).parse_args()\n',
      'options.py': main,
    };
    expect(paramsOf(files)).toMatchObject({ batch_size: '16' });
  });

  it('is read to an end where modules import each other, or are endless', () => {
    const loop = 'def f(n):\n    return [f(n - 1) for _ in range(300)]\nf(9)\n';
    const files = {
      'train.py': `import a\nimport endless\n${parser}\nget_parser().parse_args()\n`,
      'a.py': 'from b import x\ny = 1\n',
      'b.py': 'from a import y\nx = 1\nimport b\n',
      'endless.py': `import argparse\n${loop.repeat(50)}`,
    };
    expect(paramsOf(files)).toMatchObject({ batch_size: '8' });
  });

  it('leaves its own functions unmistaken for those of another module', () => {
    // Both begin at the same place of their files.
    const files = {
      'train.py': `import argparse\ndef get_parser():\n    p = argparse.ArgumentParser()\n    p.add_argument('--x', default=1)\n    return p\n`,
      'other.py': `import argparse\ndef get_parser():\n    p = argparse.ArgumentParser()\n    p.add_argument('--y', default=1)\n    return p\nget_parser()\n`,
    };
    expect(paramsOf({ ...files, 'train.py': `${files['train.py']}import other\n` })).toMatchObject({
      x: '1',
    });
  });
});
