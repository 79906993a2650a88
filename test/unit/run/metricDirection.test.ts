import { describe, expect, it, test } from 'vitest';
import { isBetter, metricDirection } from '../../../src/core/run/metricDirection';

/** Names as the programs print them. */
const lower = {
  Keras: [
    'loss',
    'val_loss',
    'mean_absolute_error',
    'val_mean_squared_error',
    'root_mean_squared_error',
    'categorical_crossentropy',
    'kullback_leibler_divergence',
    'val_mae',
    'hinge',
  ],
  'Lightning and PyTorch': [
    'train_loss_epoch',
    'val/loss',
    'Loss/train',
    'trainLoss',
    'MeanSquaredError',
    'CrossEntropyLoss',
    'nll',
    'neg_log_likelihood',
    'negative_log_likelihood',
    'perplexity',
    'dice_loss',
    'value_loss',
    'approx_kl',
  ],
  'XGBoost, LightGBM, CatBoost': [
    'train-rmse',
    'validation_0-logloss',
    'test-merror',
    'eval-mlogloss',
    "valid_0's l2",
    "valid_0's binary_logloss",
    'test-error@0.7',
    'cox-nloglik',
    'gamma-deviance',
  ],
  'Hugging Face': ['eval_loss', 'eval_wer', 'eval_cer', 'ppl'],
  'scikit-learn': [
    'log_loss',
    'hamming_loss',
    'max_error',
    'brier_score_loss',
    'inertia_',
    'davies_bouldin_score',
  ],
  others: ['error_rate', 'FID', 'top5_error', 'regret', 'EER', 'LPIPS'],
};
const higher = {
  Keras: [
    'accuracy',
    'val_accuracy',
    'sparse_categorical_accuracy',
    'val_auc_1',
    'top_k_categorical_accuracy',
    'precision_2',
  ],
  'Lightning and PyTorch': [
    'val/acc',
    'valAcc',
    'test_acc1',
    'Acc@1',
    'Prec@5',
    'MulticlassAccuracy',
    'BinaryF1Score',
    'val_f1',
    'ep_rew_mean',
    'dice_coef',
    'mean_iou',
  ],
  'XGBoost, LightGBM, CatBoost': [
    'eval-auc',
    'test-aucpr',
    'test-ndcg@10',
    'eval-map@5',
    "valid_0's average_precision",
  ],
  'Hugging Face': ['eval_accuracy', 'eval_f1', 'eval_exact_match', 'rouge1', 'rougeL', 'bleu'],
  'scikit-learn': [
    'neg_mean_squared_error',
    'neg_log_loss',
    'neg_brier_score',
    'r2',
    'r2_score',
    'balanced_accuracy',
    'roc_auc',
    'f1-score',
    'explained_variance',
    'silhouette_score',
    'matthews_corrcoef',
  ],
  Ultralytics: ['metrics/mAP50(B)', 'metrics/mAP50-95(B)', 'mAP', 'mAP@0.5', 'mAP@.5:.95'],
  others: ['Recall@10', 'Hits@3', 'MRR', 'PSNR', 'SSIM', 'success_rate'],
};
const neither = [
  'lr',
  'learning_rate',
  'epoch',
  'grad_norm',
  'eval_runtime',
  'eval_samples_per_second',
  'train_steps_per_second',
  'total_flos',
  'v_num',
  'ep_len_mean',
  'mean_fit_time',
  'true_positives',
  'gpu_mem',
  'step',
  'time',
  'entropy',
  'is_training',
  'beta',
];

const rows = (names: Readonly<Record<string, readonly string[]>>) =>
  Object.entries(names).flatMap(([source, keys]) => keys.map((key) => [key, source] as const));

describe('metricDirection', () => {
  it.each(rows(lower))('%s (%s) is better low', (key) => {
    expect(metricDirection(key)).toBe('lower');
  });
  it.each(rows(higher))('%s (%s) is better high', (key) => {
    expect(metricDirection(key)).toBe('higher');
  });
  it.each(neither)('%s says nothing', (key) => {
    expect(metricDirection(key)).toBeUndefined();
  });
});

test('isBetter knows both directions, and nothing of NaN or of a metric without one', () => {
  expect(isBetter('lower', 1, 2)).toBe(true);
  expect(isBetter('lower', 2, 1)).toBe(false);
  expect(isBetter('higher', 2, 1)).toBe(true);
  expect(isBetter('higher', 1, 1)).toBe(false);
  expect(isBetter('lower', Number.NEGATIVE_INFINITY, 1)).toBe(true);
  for (const direction of ['lower', 'higher', undefined] as const) {
    expect(isBetter(direction, Number.NaN, 1)).toBe(false);
    expect(isBetter(direction, 1, Number.NaN)).toBe(false);
  }
  expect(isBetter(undefined, 1, 2)).toBe(false);
});
