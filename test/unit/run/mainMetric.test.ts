import { expect, test } from 'vitest';
import { mainMetric } from '../../../src/core/run/mainMetric';
import { makeMetric } from './runs';

const main = (...keys: readonly string[]) => mainMetric(keys.map((key) => makeMetric(key, 1)))?.key;

// The keys as they come, and the one that says most.
test.each<[string, readonly string[], string | undefined]>([
  ['no metric at all', [], undefined],
  ['the only one', ['lr'], 'lr'],
  ['Keras', ['accuracy', 'loss', 'val_accuracy', 'val_loss'], 'val_accuracy'],
  ['Lightning', ['train_loss_step', 'train_loss_epoch', 'val/loss', 'v_num'], 'val/loss'],
  ['Hugging Face', ['loss', 'grad_norm', 'learning_rate', 'eval_loss', 'eval_f1'], 'eval_f1'],
  ['XGBoost', ['train-rmse', 'test-rmse'], 'test-rmse'],
  ['LightGBM', ["training's auc", "valid_0's auc"], "valid_0's auc"],
  ['training alone', ['lr', 'loss', 'acc'], 'acc'],
  ['validation before test', ['test_acc', 'val_acc'], 'val_acc'],
  ['a held-out loss before a training accuracy', ['acc', 'val_loss'], 'val_loss'],
  ['a machine figure never', ['system/gpu_0_percent', 'lr'], 'lr'],
  ['nothing but the machine', ['system/cpu_percent', 'system/memory_mb'], undefined],
  ['a word that only begins alike', ['invalid_loss', 'val_loss'], 'val_loss'],
  ['the first of equals', ['val_f1', 'val_acc'], 'val_f1'],
])('%s', (_name, keys, expected) => {
  expect(main(...keys)).toBe(expected);
});
