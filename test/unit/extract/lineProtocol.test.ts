import { describe, expect, it } from 'vitest';
import type { Extraction } from '../../../src/core/extract/extraction';
import { createExtractor } from '../../../src/core/extract/extractor';
import { readProtocolLine } from '../../../src/core/extract/lineProtocol';
import { extractText } from './extractText';

function extract(text: string): Extraction {
  const extractor = createExtractor();
  const parts = [extractor.push(text), extractor.end()];
  return {
    metrics: parts.flatMap(({ metrics }) => metrics),
    live: [],
    params: parts.flatMap(({ params }) => params),
    artifacts: parts.flatMap(({ artifacts }) => artifacts),
    labels: parts.flatMap(({ labels = [] }) => labels),
    problems: parts.flatMap(({ problems = [] }) => problems),
  };
}

describe('the line protocol', () => {
  it('reads the JSON form', () => {
    const line =
      '{"metrics":{"loss":0.5,"box":{"iou":1e-3}},"step":3,"epoch":1,"context":"val","params":{"lr":0.1,"opt":{"name":"adam","nesterov":false}},"artifact":"out/model.pt","tags":{"data":"v2"},"name":"try 2"}';
    expect(readProtocolLine(`epochlog: ${line}`)).toEqual({
      metrics: [
        { key: 'loss', value: 0.5 },
        { key: 'box.iou', value: 0.001 },
      ],
      ...{ step: 3, epoch: 1, context: 'val', name: 'try 2', artifacts: ['out/model.pt'] },
      params: [
        { key: 'lr', value: '0.1' },
        { key: 'opt.name', value: 'adam' },
        { key: 'opt.nesterov', value: 'false' },
      ],
      tags: [{ key: 'data', value: 'v2' }],
    });
    // What json.dumps of Python writes.
    expect(readProtocolLine('epochlog: {"metrics": {"loss": NaN, "NaN": -Infinity}}')).toEqual({
      metrics: [
        { key: 'loss', value: Number.NaN },
        { key: 'NaN', value: Number.NEGATIVE_INFINITY },
      ],
    });
  });

  it.each([
    [
      'loss=0.5 acc=.9 step=3 epoch=1.5',
      {
        metrics: [
          { key: 'loss', value: 0.5 },
          { key: 'acc', value: 0.9 },
        ],
        step: 3,
        epoch: 1.5,
      },
    ],
    [
      'val/loss=nan context=val',
      { metrics: [{ key: 'val/loss', value: Number.NaN }], context: 'val' },
    ],
    [
      'param lr=0.1 model="big one"',
      {
        params: [
          { key: 'lr', value: '0.1' },
          { key: 'model', value: 'big one' },
        ],
      },
    ],
    [
      'tag baseline data=v2',
      {
        tags: [
          { key: 'baseline', value: '' },
          { key: 'data', value: 'v2' },
        ],
      },
    ],
    ['artifact out/my model.pt', { artifacts: ['out/my model.pt'] }],
    ['name "the best"', { name: 'the best' }],
    ['run "fold 2"', { part: 'fold 2' }],
    ['end', { endsPart: true }],
  ])('reads %s', (text, report) => {
    expect(readProtocolLine(`epochlog: ${text}`)).toEqual(report);
  });

  it('leaves lines alone that only speak of it', () => {
    expect(readProtocolLine('print("epochlog: loss=0.5")')).toBeUndefined();
    expect(readProtocolLine('my_epochlog: loss=0.5')).toBeUndefined();
    expect(readProtocolLine('epochlog:8080 is open')).toBeUndefined();
  });

  it.each([
    'loss',
    'loss=high',
    'loss= 0.5',
    'step=3',
    'param lr',
    'run',
    'end now',
    'hello there',
    '{"metrics":{"loss":0.5}',
    '{"metrics":{"loss":"high"}}',
    '{"metric":{"loss":0.5}}',
    '{"step":"three"}',
    '{"__proto__":{"loss":1}}',
  ])('says of a line that it is malformed, and takes no metric from it: %s', (text) => {
    const { metrics, problems } = extract(`epochlog: ${text}\n`);
    expect(metrics).toEqual([]);
    expect(problems).toHaveLength(1);
  });

  it('takes points as they are said: no place of a line above, behind any prefix, beside a bar', () => {
    const { metrics } = extract(
      'Epoch 3/5\nValidation:\nepochlog: score=0.5\n' +
        '2024-01-02 03:04:05,678 INFO root: epochlog: score=0.6 step=7\n' +
        '\r 30%|███       | 3/10 [00:01<00:02,  3.00it/s]epochlog: score=0.7 step=8\n',
    );
    expect(metrics).toEqual([
      { key: 'score', value: 0.5, isReported: true },
      { key: 'score', value: 0.6, step: 7, isReported: true },
      { key: 'score', value: 0.7, step: 8, isReported: true },
    ]);
  });

  it('keeps the series that is reported apart from the same one that is printed', () => {
    expect(extractText('step 1 loss=0.5\nepochlog: loss=0.5 step=1\n')).toEqual([
      'loss=0.5 s1',
      'loss=0.5 s1',
    ]);
  });

  it('gives params as a client, and what the run is called', () => {
    const { params, labels, artifacts } = extract(
      'epochlog: param lr=0.1\nepochlog: name a b\nepochlog: tag x\nepochlog: artifact m.bin\n',
    );
    expect(params).toEqual([{ key: 'lr', value: '0.1', origin: 'client' }]);
    expect(labels).toEqual([
      { kind: 'name', name: 'a b', section: 0 },
      { kind: 'tag', key: 'x', value: '', section: 0 },
    ]);
    expect(artifacts).toEqual(['m.bin']);
  });
});
