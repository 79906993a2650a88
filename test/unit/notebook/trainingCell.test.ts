import { describe, expect, it } from 'vitest';
import { detectTraining } from '../../../src/core/notebook/trainingCell';

const training: readonly (readonly [string, readonly string[]])[] = [
  ['clf = MLPClassifier()\nclf.fit(X_train, y_train)', ['clf.fit']],
  ['RandomForestClassifier(n_estimators=10).fit(X, y)', ['RandomForestClassifier.fit']],
  ['GridSearchCV(SVC(), grid, cv=5) \\\n  .fit(X, y)', ['GridSearchCV.fit']],
  ['pipe = make_pipeline(StandardScaler(), SVC())\npipe.fit(X, y)', ['pipe.fit']],
  ['self.models[0].net.fit(x)', ['self.models.net.fit']],
  ['history = model.fit(train_ds, epochs=3, validation_data=val_ds)', ['model.fit']],
  ['autoencoder.fit(x)', ['autoencoder.fit']],
  ['transformer.fit(train_ds, epochs=20)', ['transformer.fit']],
  ['km = KMeans(8)\nlabels = km.fit_predict(X)', ['km.fit_predict']],
  ['for chunk in chunks:\n    sgd.partial_fit(chunk, y, classes=[0, 1])', ['sgd.partial_fit']],
  ['model.fit_generator(gen, steps_per_epoch=10)', ['model.fit_generator']],
  ['learn.fit_one_cycle(3, 1e-3)', ['learn.fit_one_cycle']],
  ['learn.fine_tune(1)', ['learn.fine_tune']],
  ['bst = xgb.train(params, dtrain, 10)', ['xgb.train']],
  ['cv = lgb.cv(params, ds)', ['lgb.cv']],
  ['trainer.train()', ['trainer.train']],
  ['t = SFTTrainer(model=m)\nt.train()', ['t.train']],
  ["YOLO('yolov8n.pt').train(data='coco8.yaml', epochs=3)", ['YOLO.train']],
  ['w2v.train(sentences, total_examples=10, epochs=5)', ['w2v.train']],
  ['pl.Trainer(max_epochs=3).fit(model, dm)', ['pl.Trainer.fit']],
  ['scores = cross_val_score(clf, X, y, cv=5)', ['cross_val_score']],
  ['r = model_selection.cross_validate(clf, X, y)', ['model_selection.cross_validate']],
  ['study.optimize(objective, n_trials=20)', ['study.optimize']],
  ['tuner.search(x, y, epochs=2)', ['tuner.search']],
  ["model = PPO('MlpPolicy', env)\nmodel.learn(total_timesteps=10_000)", ['model.learn']],
  ['results = sm.OLS(y, X).fit()', ['sm.OLS.fit']],
  [
    'for epoch in range(3):\n    opt.zero_grad()\n    loss.backward()\n    opt.step()',
    ['loss.backward', 'opt.step'],
  ],
  [
    'while True:\n  with tf.GradientTape() as t:\n    pass\n  optimizer.apply_gradients(zip(g, v))',
    ['optimizer.apply_gradients'],
  ],
  ['train_model(net, loader)', ['train_model']],
  ['for e in range(3): train_one_epoch(net)', ['train_one_epoch']],
  ['trainer.run_training()', ['trainer.run_training']],
  ['%%time\nmodel.fit(X, y)', ['model.fit']],
  ['%time model.fit(X, y)', ['model.fit']],
  ['%timeit -n 3 -r 1 model.fit(X, y)', ['model.fit']],
  ['!pip install x \\\n  y\nmodel.fit(X, y)', ['model.fit']],
  ['model?\nfiles = !ls\nif True:\n    !ls\nmodel.fit(X, y)', ['model.fit']],
  ['def run():\n    model.fit(X, y)\nrun()', ['run']],
  ['def step(b):\n    loss(b).backward()\nfor b in batches:\n    step(b)', ['step']],
  ['def a(): b()\ndef b(): a(); m.fit(X, y)\na()', ['a']],
  ['import asyncio\nawait trainer.fit(X, y)', ['trainer.fit']],
  ['if True:\n  try:\n    with x: m.fit(X, y)\n  except: pass', ['m.fit']],
];

const notTraining: readonly string[] = [
  '',
  'import pandas as pd\ndf = pd.read_csv("train.csv")',
  'X_train, X_test, y_train, y_test = train_test_split(X, y)',
  'scaler = StandardScaler()\nscaler.fit(X_train)',
  'X = scaler.fit_transform(X)',
  'StandardScaler().fit(X)',
  'enc.fit(X)',
  'model = PCA(2)\nmodel.fit(X)',
  'tokenizer.fit_on_texts(texts)',
  'tokenizer.train(files)',
  'datagen.fit(x_train)',
  'model.train()',
  'model.train(False)',
  'model.train(mode=True)',
  'train_loader = DataLoader(train_data, batch_size=64)',
  'train_ds = make_train_ds()',
  'X_res, y_res = smote.fit_resample(X, y)',
  'y = (x ** 2).sum()\ny.backward()\nx.grad',
  'scheduler.step()',
  'for t in range(10):\n    obs, r, done, info = env.step(a)',
  'for e in range(3): scheduler.step()',
  'def train(model):\n    model.fit(X, y)',
  'class T:\n    def run(self):\n        for b in x:\n            loss.backward()',
  'f = lambda: model.fit(X, y)',
  '# model.fit(X, y)',
  's = "model.fit(X, y)"',
  '%%bash\npython train.py\nmodel.fit(X, y)',
  '%%writefile train.py\nmodel.fit(X, y)',
  '!python train.py --model.fit(X)',
  '%timeit x + 1',
  'plt.plot(history.history["train_loss"])',
  'train_plot(history)',
  'popt, _ = curve_fit(f, x, y)',
  'p = np.polyfit(x, y, 2)',
  'params = stats.norm.fit(data)',
  'optimizer.step()',
];

describe('detectTraining', () => {
  it.each(training)('sees a training in %j', (source, calls) => {
    expect(detectTraining(source)).toEqual({ calls, isTraining: true });
  });

  it.each(notTraining)('sees none in %j', (source) => {
    expect(detectTraining(source)).toEqual({ calls: [], isTraining: false });
  });

  it('survives what is no Python, and nesting of any depth', () => {
    expect(detectTraining('model.fit(((').isTraining).toBe(true);
    expect(detectTraining('SELECT fit FROM train; }{').isTraining).toBe(false);
    expect(detectTraining(`${'('.repeat(20_000)}model.fit(1)`)).toBeDefined();
    expect(detectTraining(`f${'.fit(1)'.repeat(5_000)}`)).toBeDefined();
  });
});
