import { describe, expect, it } from 'vitest';
import { findTrainingPlaces } from '../../../src/core/python/trainingPlaces';

describe('findTrainingPlaces', () => {
  it('names the function that trains, not those that call it', () => {
    const source = [
      'import torch',
      'def train(net, loader):',
      '    for batch in loader:',
      '        loss = net(batch)',
      '        loss.backward()',
      '',
      'def main():',
      '    train(net, loader)',
      '',
      'if __name__ == "__main__":',
      '    main()',
    ].join('\n');
    expect(findTrainingPlaces(source)).toEqual([
      { line: 1, endLine: 4, name: 'train', call: 'loss.backward' },
    ]);
  });

  it('gives a method its class, and a nested function its outermost', () => {
    const source = [
      'class Runner:',
      '    @property',
      '    def size(self): return 1',
      '    def run(self):',
      '        def inner():',
      '            self.model.fit(X, y)',
      '        inner()',
    ].join('\n');
    expect(findTrainingPlaces(source)).toEqual([
      { line: 3, endLine: 6, name: 'Runner.run', call: 'self.model.fit' },
    ]);
  });

  it('gives code of the module its statement, or the outermost loop', () => {
    const source = [
      'scaler = StandardScaler()',
      'scaler.fit(X)',
      'clf = SVC().fit(',
      '    X,',
      '    y,',
      ')',
      'for fold in folds:',
      '    for epoch in range(3):',
      '        optimizer.step()',
    ].join('\n');
    expect(findTrainingPlaces(source)).toEqual([
      { line: 2, endLine: 5, call: 'SVC.fit' },
      { line: 6, endLine: 8, call: 'optimizer.step' },
    ]);
  });

  it('finds the loop where the step is a function of its own', () => {
    const source = [
      'def step(batch):',
      '    loss(batch).backward()',
      'def run():',
      '    for batch in data:',
      '        step(batch)',
    ].join('\n');
    expect(findTrainingPlaces(source)).toMatchObject([{ line: 2, name: 'run', call: 'step' }]);
  });

  it('takes a call by name if the function is not in the file, or tells nothing', () => {
    expect(findTrainingPlaces('from lib import train\ntrain(cfg)')).toMatchObject([{ line: 1 }]);
    const own = 'def train_model(w):\n    return w - 0.1 * grad(w)\nw = train_model(w)';
    expect(findTrainingPlaces(own)).toMatchObject([{ line: 2, call: 'train_model' }]);
  });

  it('gives a handful at most, and none where nothing trains', () => {
    const many = Array.from({ length: 40 }, (_, i) => `m${i}.fit(X, y)`).join('\n');
    expect(findTrainingPlaces(many)).toHaveLength(5);
    expect(findTrainingPlaces('x = train_test_split(a)\nmodel.train()\n')).toEqual([]);
  });

  it('takes CRLF line ends', () => {
    expect(findTrainingPlaces('import x\r\nm.fit(X, y)\r\n')).toEqual([
      { line: 1, endLine: 1, call: 'm.fit' },
    ]);
  });
});
