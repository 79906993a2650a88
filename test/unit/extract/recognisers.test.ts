import { describe, expect, it } from 'vitest';
import { extractParams, extractText } from './extractText';

describe('key and value', () => {
  it.each([
    ['loss=0.5 acc=0.9', ['loss=0.5', 'acc=0.9']],
    ['epoch 3 | loss 0.2', ['loss=0.2 e3']],
    [
      'Epoch: 12, train loss: 1.25, val loss: 1.5',
      ['train loss=1.25 e12 (train)', 'val loss=1.5 e12 (val)'],
    ],
    [
      'step 20: train loss 4.0187, val loss 4.0532',
      ['train loss=4.0187 s20 (train)', 'val loss=4.0532 s20 (val)'],
    ],
    [
      'Epoch: [0][ 5/16]\tTime  3.539 ( 2.455)\tLoss 7.5e+00 (7.2e+00)\tAcc@1   0.00 (  0.12)',
      ['Loss=7.5 s5 e0', 'Acc@1=0 s5 e0'],
    ],
    ['Train Epoch: 1 [1280/6000 (21%)]\tLoss: 1.585322', ['Loss=1.585322 s1280 e1 (train)']],
    [
      'Test set: Average loss: 0.4067, Accuracy: 864/1000 (86%)',
      ['Average loss=0.4067 (test)', 'Accuracy=86 (test)'],
    ],
    ['iter 0: loss 4.3570, time 54.41ms, mfu -100.00%', ['loss=4.357 s0']],
    ['Iteration 3, inertia 261399.57.', ['inertia=261399.57 s3']],
    ['epoch: 1 step: 100, loss is 0.5123', ['loss=0.5123 s100 e1']],
    ['[2,  4000] loss: 1.837', ['loss=1.837 s4000 e2']],
    ['global_step=150, episodic_return=[360.]', ['episodic_return=360 s150']],
    ['epoch 4 loss nan', ['loss=NaN e4']],
    [
      'Epoch 0, batch 10, loss[loss=0.45, over 2828.00 frames. ], tot_loss[loss=0.70, over 22192.90 frames.]',
      ['loss=0.45 s10 e0', 'tot_loss=0.7 s10 e0'],
    ],
    [
      '10epoch results: [train] loss=0.9, [valid] loss=1.1',
      ['loss=0.9 e10 (train)', 'loss=1.1 e10 (val)'],
    ],
    ['Test accuracy: 93.1%', ['Test accuracy=93.1 (test)']],
    ['Accuracy of the network on the 10000 test images: 55 %', ['Accuracy=55 (test)']],
    [
      ' 2: 1134.567, 1224.5 avg loss, 0.000000 rate, 3.2 seconds, 128 images',
      ['avg loss=1224.5 s2'],
    ],
  ])('%s', (line, expected) => {
    expect(extractText(`${line}\r\n`)).toEqual(expected);
  });

  it('takes an unknown name for a metric once it changes along a growing step', () => {
    const lines = [1, 2, 3].map((i) => `(epoch: 1, iters: ${i}00) G_PIX: ${i / 7} D_PIX: 0.5\r\n`);
    expect(extractText(lines.join(''))).toEqual([1, 2, 3].map((i) => `G_PIX=${i / 7} s${i}00 e1`));
  });

  it('does not take counters and constants for series', () => {
    const lines = [1, 2, 3, 4].map((i) => `step: ${i} seen: ${i * 64} shards: 8 loss: 0.${i}\r\n`);
    expect(extractText(lines.join(''))).toEqual([1, 2, 3, 4].map((i) => `loss=0.${i} s${i}`));
  });

  it.each([
    '2026-11-20 14:07:15,885 - INFO - [rank0] epoch 0 step 7/15 loss 2.3221 lr 0.1',
    'I1120 14:33:09.088662 140141077801856 train.py:18] epoch 0 step 7 loss 2.3221 lr 0.1',
    'INFO:root:epoch 0 step 7 loss 2.3221 lr 0.1',
    '[1,mpirank:0,algo-1]<stdout>:epoch 0 step 7 loss 2.3221 lr 0.1',
    '[2026-11-20 14:07:15] INFO (pkg.mod/MainThread) epoch 0 step 7 loss 2.3221 lr 0.1',
  ])('peels what loggers put first: %s', (line) => {
    expect(extractText(`${line}\n`)).toEqual(['loss=2.3221 s7 e0', 'lr=0.1 s7 e0']);
  });

  it('counts a line once that two handlers of a logger print', () => {
    expect(extractText('INFO:root:final accuracy = 0.9551\nfinal accuracy = 0.9551\n')).toEqual([
      'final accuracy=0.9551',
    ]);
  });

  it('gives a validation line the epoch above it, and the last test none', () => {
    const text = 'epoch 1 loss 0.5\nvalid accuracy: 0.8\nTraining complete\nTest accuracy: 0.7\n';
    expect(extractText(text)).toEqual([
      'loss=0.5 e1',
      'valid accuracy=0.8 e1 (val)',
      'Test accuracy=0.7 (test)',
    ]);
  });
});

describe('dicts', () => {
  it.each([
    [
      "{'loss': 0.4891, 'grad_norm': 1.5, 'learning_rate': 4.9e-05, 'epoch': 0.01}",
      ['loss=0.4891 e0.01', 'grad_norm=1.5 e0.01', 'learning_rate=0.000049 e0.01'],
    ],
    ["{'loss': '0.69', 'epoch': '0.5'}", ['loss=0.69 e0.5']],
    ["epoch 0: {'accuracy': 0.68, 'f1': 0.81}", ['accuracy=0.68 e0', 'f1=0.81 e0']],
    ['{"step": 5, "loss": 1.5, "time": 12.5}', ['loss=1.5 s5']],
    ["{'loss': tensor(0.25, device='cuda:0'), 'epoch': 2}", ['loss=0.25 e2']],
  ])('%s', (line, expected) => {
    expect(extractText(`${line}\n`)).toEqual(expected);
  });
});

describe('Keras', () => {
  it('reads the last frame of each epoch of Keras 2', () => {
    const text =
      'Epoch 1/2\n\r 1/38 [..............................] - ETA: 8s - loss: 2.5\b\b\b\r' +
      '38/38 [==============================] - 2s 1ms/step - loss: 1.0187 - val_loss: 0.5207\n' +
      'Epoch 2/2\n38/38 [==============================] - 2s 921us/step - loss: 0.5 - val_loss: 0.4345\n';
    expect(extractText(text)).toEqual([
      'loss=1.0187 e1',
      'val_loss=0.5207 e1 (val)',
      'loss=0.5 e2',
      'val_loss=0.4345 e2 (val)',
    ]);
  });

  it('keeps an evaluation after the last epoch out of that epoch, and survives a message in a bar', () => {
    const bar = '━'.repeat(20);
    const text =
      `Epoch 1/1\r\n\r 1/38 ${bar} 23s 637ms/step - loss: 2.3\r\nEpoch 1: val_loss improved, saving model to a.keras\r\n` +
      `${'\b'.repeat(60)}\r38/38 ${bar} 1s 5ms/step - loss: 1.5 - val_loss: 1.6\r\n` +
      `\r15/15 ${bar} 0s 2ms/step - loss: 1.7\r\n`;
    expect(extractText(text)).toEqual(['loss=1.5 e1', 'val_loss=1.6 e1 (val)', 'loss=1.7 (test)']);
  });
});

describe('tqdm', () => {
  it('reads postfix, description and count of the last frame', () => {
    const text =
      '\rSteps:  50%|█████     | 250/500 [00:04<00:04, 57.1it/s, loss=0.9, lr=0.0001]' +
      '\rSteps: 100%|██████████| 500/500 [00:08<00:00, 57.1it/s, loss=0.5, lr=0.0001]saved to out/a.bin\r\n';
    expect(extractText(text)).toEqual(['loss=0.5 s500', 'lr=0.0001 s500']);
  });

  it('does not give the values of one epoch to the next', () => {
    const text =
      '\rEpoch 0: 100%|██████████| 40/40 [00:01<00:00, 30.1it/s, v_num=0, loss=2.0]' +
      '\rEpoch 1:   0%|          | 0/40 [00:00<?, ?it/s, v_num=0, loss=2.0]' +
      '\rEpoch 1: 100%|██████████| 40/40 [00:01<00:00, 30.1it/s, v_num=0, loss=1.5]\r\n';
    expect(extractText(text)).toEqual(['loss=2 e0', 'loss=1.5 e1']);
  });
});

describe('boosting', () => {
  it.each([
    ['[10]\ttrain-rmse:0.50\teval-rmse:0.61', ['train-rmse=0.5 s10', 'eval-rmse=0.61 s10']],
    ['[3]\ttrain-mae:0.5+0.1\ttest-mae:0.6+0.2', ['train-mae=0.5 s3', 'test-mae=0.6 s3']],
    [
      "[20]\tvalid_0's auc: 0.99\tvalid_0's l2: 0.15",
      ["valid_0's auc=0.99 s20", "valid_0's l2=0.15 s20"],
    ],
    [
      '10:\tlearn: 0.5\ttest: 0.6\tbest: 0.6 (9)\ttotal: 238ms\tremaining: 3m 58s',
      ['learn=0.5 s10', 'test=0.6 s10'],
    ],
  ])('%s', (line, expected) => {
    expect(extractText(`${line}\n`)).toEqual(expected);
  });

  it('does not count the best round twice', () => {
    expect(
      extractText(
        '[7]\tv-rmse:0.05129\n[8]\tv-rmse:0.06\nStopping. Best iteration:\n[7]\tv-rmse:0.05129\n',
      ),
    ).toEqual(['v-rmse=0.05129 s7', 'v-rmse=0.06 s8']);
  });
});

describe('tables', () => {
  it('matches cells to columns by count and by place', () => {
    const text = [
      'epoch  train_loss  valid_loss  error_rate',
      '1      0.548006    0.268912    0.076455    (00:57)',
      '2      0.365533    0.193667    0.064953    (00:51)',
    ].join('\n');
    expect(extractText(`${text}\n`)).toEqual([
      'train_loss=0.548006 e1',
      'valid_loss=0.268912 e1',
      'error_rate=0.076455 e1',
      'train_loss=0.365533 e2',
      'valid_loss=0.193667 e2',
      'error_rate=0.064953 e2',
    ]);
  });

  it('names rows of a classification report and leaves its support out', () => {
    const text = [
      '              precision    recall  f1-score   support',
      '',
      '         cat       0.97      1.00      0.98        37',
      '',
      '    accuracy                           0.99       450',
      '   macro avg       0.98      0.97      0.96       450',
    ].join('\n');
    expect(extractText(`${text}\n`)).toEqual([
      'cat/precision=0.97',
      'cat/recall=1',
      'cat/f1-score=0.98',
      'accuracy=0.99',
      'macro avg/precision=0.98',
      'macro avg/recall=0.97',
      'macro avg/f1-score=0.96',
    ]);
  });

  it('reads Ultralytics rows beside their bars', () => {
    const text = [
      '      Epoch    GPU_mem   box_loss   cls_loss  Instances       Size',
      '        0/2      3.91G    0.04618    0.01703        232        640: 100%|██████████| 8/8 [00:09<00:00,  1.17s/it]',
      '                 Class     Images  Instances      Box(P          R      mAP50  mAP50-95): 100%|██████████| 4/4 [00:01<00:00]',
      '                   all        128        929      0.667      0.602       0.68       0.45',
    ].join('\n');
    expect(extractText(`${text}\n`)).toEqual([
      'box_loss=0.04618 e0',
      'cls_loss=0.01703 e0',
      'P=0.667 e0',
      'R=0.602 e0',
      'mAP50=0.68 e0',
      'mAP50-95=0.45 e0',
    ]);
  });

  it('reads a box of names and numbers with the step that it holds', () => {
    const text = [
      '---------------------------------',
      '| rollout/           |          |',
      '|    ep_rew_mean     | -227     |',
      '| time/              |          |',
      '|    fps             | 972      |',
      '|    total_timesteps | 77824    |',
      '| train/             |          |',
      '|    loss            | 0.245    |',
      '---------------------------------',
    ].join('\n');
    expect(extractText(`${text}\n`)).toEqual([
      'rollout/ep_rew_mean=-227 s77824',
      'train/loss=0.245 s77824',
    ]);
  });

  it('reads comma rows below their header', () => {
    expect(extractText('step,loss\n0,11.125\n1,7.5\n')).toEqual(['loss=11.125 s0', 'loss=7.5 s1']);
  });
});

describe('results and searches', () => {
  it('gives a block of results the step that it names', () => {
    const text = '***** Eval results *****\n  eval_accuracy = 0.84\n  global_step = 343\n\n';
    expect(extractText(text)).toEqual(['eval_accuracy=0.84 s343 (val)']);
  });

  it("reads Optuna's trials and the params of the best", () => {
    const text =
      "[I 2026-11-20 13:57:28,087] Trial 0 finished with value: 0.7 and parameters: {'c': 0.02, 'k': 'rbf'}. Best is trial 0 with value: 0.7.\n" +
      "[I 2026-11-20 13:57:28,093] Trial 1 finished with value: 0.3 and parameters: {'c': 0.5, 'k': 'poly'}. Best is trial 0 with value: 0.7.\n";
    expect(extractText(text)).toEqual(['value=0.7 s0', 'value=0.3 s1']);
    expect(extractParams(text)).toEqual({ c: '0.02', k: 'rbf' });
  });

  it("reads a fold's score and not its params", () => {
    const text =
      '[CV 1/3] END ................C=1, kernel=linear;, score=0.950 total time=   0.0s\n';
    expect(extractText(text)).toEqual(['score=0.95 (val)']);
  });

  it("keeps the conditions of COCO's lines apart", () => {
    const text =
      ' Average Precision  (AP) @[ IoU=0.50      | area=   all | maxDets=100 ] = 0.45869\n';
    expect(extractText(text)).toEqual(['AP@[IoU=0.50|area=all|maxDets=100]=0.45869 (val)']);
  });
});

describe('params', () => {
  it('reads a printed Namespace, sections and single settings', () => {
    const text =
      "Namespace(lr=0.1, layers=[64, 32], save='a b.pt', resume=None, amp=True)\n" +
      "batch_size = 64\nHyperparameters:\n  units: 5\n  optimizer: adam\n\nBest parameters: {'C': 10}\n";
    expect(extractParams(text)).toEqual({
      lr: '0.1',
      layers: '[64, 32]',
      save: 'a b.pt',
      resume: 'None',
      amp: 'true',
      batch_size: '64',
      units: '5',
      optimizer: 'adam',
      C: '10',
    });
    expect(extractText(text)).toEqual([]);
  });

  it('takes those of the command line first', () => {
    expect(extractParams('', 'python train.py --lr 0.1 --amp')).toEqual({ lr: '0.1', amp: 'true' });
  });

  it('names what was saved', () => {
    expect(extractText('Saved epoch=1-step=80.ckpt\n')).toEqual([]);
  });
});
