import { describe, expect, it } from 'vitest';
import { importsTrainingLibrary } from '../../../src/core/command/importsTrainingLibrary';

describe('importsTrainingLibrary', () => {
  it.each([
    'import torch',
    'import os, torch.nn as nn',
    'from sklearn.svm import SVC',
    'if True:\n    import lightgbm as lgb',
    'x = 1; import xgboost',
    'from keras import layers, \\\n  models',
    '"""A script."""\nfrom transformers import (\n  Trainer,\n)',
    'try:\n\timport jax\nexcept ImportError: pass',
  ])('%j', (source) => {
    expect(importsTrainingLibrary(source)).toBe(true);
  });

  it.each([
    'import os, sys',
    '# import torch',
    '"""\nimport torch\n"""',
    "s = 'import torch'",
    "s = '''\nfrom sklearn import svm\n'''",
    'import torchless',
    'from .torch import x',
    'important = torch',
    'print("a" "#") # import keras',
    '',
  ])('not %j', (source) => {
    expect(importsTrainingLibrary(source)).toBe(false);
  });
});
