import type { Family } from './family';

/** Lines as the programs print them, cut from runs of the real ones. */
export const statistics: readonly Family[] = [
  {
    name: 'statsmodels, a fit and its summary',
    source: 'statsmodels/base/optimizer.py, statsmodels/iolib/summary.py',
    text: [
      'Optimization terminated successfully.',
      '         Current function value: 0.634527',
      '         Iterations 5',
      'Method:                           MLE   Df Model:                            2',
      'Date:                Thu, 26 Nov 2026   Pseudo R-squ.:                 0.08032',
      'Time:                        22:21:25   Log-Likelihood:                -63.453',
    ],
    found: ['Current function value=0.634527', 'Pseudo R-squ=0.08032', 'Log-Likelihood=-63.453'],
  },
  {
    name: 'H2O, thresholds and importances',
    source: 'h2o-py/h2o/two_dim_table.py',
    text: [
      'metric                       threshold    value     idx',
      '---------------------------  -----------  --------  -----',
      'max f1                       0.498261     0.990291  175',
      'max absolute_mcc             0.498261     0.973851  175',
      'variable                 relative_importance    scaled_importance    percentage',
      '-----------------------  ---------------------  -------------------  ------------',
      'area error               3.984743118286133      0.0174844019423354   0.0069921097',
      'mean texture             19.94985580444336      0.0875367086966820   0.0350064177',
    ],
    found: ['max f1=0.990291', 'max absolute_mcc=0.973851'],
  },
  {
    name: 'River, progressive validation',
    source: 'river/evaluate/progressive_validation.py',
    text: [
      '[800] ROCAUC: 94.05% – 00:00:00 – 4.15 KiB',
      '[1,000] ROCAUC: 94.79% – 00:00:00 – 4.15 KiB',
    ],
    found: ['ROCAUC=94.05 s800', 'ROCAUC=94.79 s1000'],
  },
  {
    name: 'NumPyro, a bar that names the steps of its mean',
    source: 'numpyro/infer/svi.py',
    text: [
      '100%|██████████| 200/200 [00:01<00:00, 113.16it/s, init loss: 16.1725, avg. loss [191-200]: 11.3858]',
    ],
    found: ['init loss=16.1725 s200', 'avg. loss=11.3858 s200'],
  },
  {
    name: 'Composer, a bar that the window cuts',
    source: 'composer/loggers/progress_bar_logger.py',
    text: [
      'eval           Epoch   1:  100%|█████████| 10/10 [00:00<00:00, 14.82ba/s, metrics/eval/F1=0.512, metrics/eval/CrossEntropy=0.7',
    ],
    found: ['metrics/eval/F1=0.512 e1 (val)'],
  },
  {
    name: 'tabulate, metrics by side',
    source: 'tabulate, as programs use it',
    text: [
      '           train     val    test',
      '--------  ------  ------  ------',
      'loss       0.512   0.600   0.610',
      'accuracy   0.900   0.800   0.810',
    ],
    found: [
      'loss=0.512 (train)',
      'loss=0.6 (val)',
      'loss=0.61 (test)',
      'accuracy=0.9 (train)',
      'accuracy=0.8 (val)',
      'accuracy=0.81 (test)',
    ],
  },
  {
    name: 'dates without a year before the line',
    source: 'mmengine/logging/logger.py, syslog',
    text: [
      '11/26 22:20:28 - mmengine - INFO - Epoch(val) [2][40/40]    accuracy: 59.6875  data_time: 0.0004',
      'Nov 26 22:20:29 host train[123]: epoch 3 loss 0.5',
    ],
    found: ['accuracy=59.6875 s40 e2 (val)', 'loss=0.5 e3'],
  },
];
