import type { Family } from './family';

/** Lines as the programs print them, made up after the sources that are named. */
export const searches: readonly Family[] = [
  {
    name: 'Optuna 0 to 2',
    source: 'optuna/study.py `_log_completed_trial`',
    text: [
      "[I 2020-01-01 12:00:00,123] Finished trial#0 resulted in value: 0.51234. Current best value is 0.51234 with parameters: {'lr': 0.01, 'layers': 3}.",
      "[I 2020-01-01 12:00:00,123] Finished trial#1 resulted in value: 0.41234. Current best value is 0.41234 with parameters: {'lr': 0.02, 'layers': 2}.",
      "[I 2020-07-01 12:00:00,123] Trial 3 finished with value: 0.31 and parameters: {'x': 1.5}. Best is trial 3 with value: 0.31.",
      '[I 2020-07-01 12:00:00,123] Trial 4 pruned. ',
    ],
    found: ['value=0.51234 s0', 'value=0.41234 s1', 'value=0.31 s3'],
  },
  {
    name: 'Optuna with several objectives',
    source: 'optuna/study/study.py `_log_completed_trial`',
    text: [
      "[I 2023-07-01 12:00:00,123] Trial 0 finished with values: [0.91, 12.5] and parameters: {'x': 1.5, 'y': 2}. ",
    ],
    found: ['value_0=0.91 s0', 'value_1=12.5 s0'],
  },
  {
    name: 'scikit-optimize',
    source: 'skopt/callbacks.py `VerboseCallback`',
    text: [
      'Iteration No: 1 started. Evaluating function at random point.',
      'Iteration No: 1 ended. Evaluation done at random point.',
      'Time taken: 0.0010',
      'Function value obtained: 0.0330',
      'Current minimum: 0.0330',
      'Iteration No: 2 started. Evaluating function at random point.',
      'Iteration No: 2 ended. Evaluation done at random point.',
      'Time taken: 0.0011',
      'Function value obtained: 0.0230',
      'Current minimum: 0.0230',
    ],
    found: [
      'Function value obtained=0.033 s1',
      'Current minimum=0.033 s1',
      'Function value obtained=0.023 s2',
      'Current minimum=0.023 s2',
    ],
  },
  {
    name: 'hyperopt',
    source: 'hyperopt/progress.py',
    text: [
      ' 10%|█         | 1/10 [00:00<00:00, 50.00trial/s, best loss: 0.5123]\r100%|██████████| 10/10 [00:00<00:00, 50.00trial/s, best loss: 0.1234]',
    ],
    found: ['best loss=0.1234 s10'],
  },
  {
    name: 'bayesian-optimization',
    source: 'bayes_opt/logger.py',
    text: [
      '|   iter    |  target   |     x     |     y     |',
      '-------------------------------------------------',
      '| 1         | -7.135    | 2.834     | 1.322     |',
      '| 2         | -7.78     | 2.0       | -1.186    |',
      '=================================================',
    ],
    found: ['target=-7.135 s1', 'target=-7.78 s2'],
  },
  {
    name: 'TPOT',
    source: 'tpot/base.py `_report_generation`',
    text: [
      'Generation 1 - Current best internal CV score: 0.9512345678',
      'Generation 2 - Current best internal CV score: 0.9612345678',
    ],
    found: [
      'Current best internal CV score=0.9512345678 s1 (val)',
      'Current best internal CV score=0.9612345678 s2 (val)',
    ],
  },
];
