import { describe, expect, it } from 'vitest';
import type { BlobHash, Run } from '../../../src/core/run/run';
import { compareRuns, shownSections, summarize } from '../../../webviews/compare/state';
import { sampleRun } from '../../page/support/sampleRuns';
import { makeMetric } from '../run/runs';

const withLast = (run: Run, key: string, last: number): Run => ({
  ...run,
  metrics: run.metrics.map((metric) => (metric.key === key ? { ...metric, last } : metric)),
});

function row(runs: readonly Run[], section: string, label: string) {
  return compareRuns(runs)
    .find(({ title }) => title === section)
    ?.rows.find((other) => other.label === label);
}

describe('compareRuns', () => {
  const first = withLast(withLast(sampleRun(1), 'loss', 0.5), 'val_acc', 0.9);

  it('judges a delta by the direction of the metric', () => {
    const second = withLast(withLast(sampleRun(2), 'loss', 0.25), 'val_acc', 0.8);
    expect(row([first, second], 'Metrics', 'loss')?.cells[1]?.delta).toEqual({
      text: '−0.25',
      verdict: 'better',
    });
    expect(row([first, second], 'Metrics', 'val_acc')?.cells[1]?.delta?.verdict).toBe('worse');
    expect(row([first, second], 'Metrics', 'loss')?.cells[0]?.delta).toBeUndefined();
  });

  it('judges nothing where the metric has no direction, or a value is NaN', () => {
    const rename = (run: Run, last: number): Run => ({
      ...run,
      metrics: run.metrics
        .slice(0, 1)
        .map(({ direction: _, ...metric }) => ({ ...metric, key: 'temperature', last })),
    });
    const cells = row([rename(first, 1), rename(first, 2)], 'Metrics', 'temperature')?.cells;
    expect(cells?.[1]?.delta).toEqual({ text: '+1' });
    expect(cells?.[1]?.detail).toBeUndefined();
    const nan = withLast(first, 'loss', Number.NaN);
    expect(row([first, nan], 'Metrics', 'loss')?.cells[1]).toMatchObject({
      text: 'NaN',
      differs: true,
    });
    expect(row([first, nan], 'Metrics', 'loss')?.cells[1]?.delta).toBeUndefined();
    expect(row([nan, nan], 'Metrics', 'loss')?.differs).toBe(false);
  });

  it('lists the main metric first and params that one run lacks', () => {
    const second = {
      ...sampleRun(5),
      params: [{ key: 'dropout', value: '0.2', origin: 'argv' as const }],
    };
    expect(compareRuns([first, second])[0]?.rows[0]?.label).toBe('val_acc');
    expect(row([first, second], 'Params', 'dropout')?.cells.map((cell) => cell.text)).toEqual([
      '',
      '0.2',
    ]);
  });

  it('compares what the runs ran on: figures of the machine by their peak, packages by version', () => {
    const gpu = { name: 'NVIDIA T4' };
    const python = (packages: string) => ({
      ...{ executable: '/venv/bin/python', version: '3.11.7' },
      ...{ packages: packages as BlobHash, packageCount: 98 },
    });
    const withEnvironment = (run: Run, packages: string, memory: number): Run => ({
      ...run,
      environment: { os: 'Linux 6.1.0 x86_64', python: python(packages), gpus: [gpu, gpu] },
      metrics: [...run.metrics, makeMetric('system/memory_mb', 5, { max: memory })],
    });
    const runs = [withEnvironment(first, 'a', 900), withEnvironment(first, 'b', 950)];
    const sections = compareRuns(runs, [{ name: 'torch', versions: ['2.1.0', undefined] }]);
    const texts = (title: string) =>
      sections
        .find((section) => section.title === title)
        ?.rows.map(({ label, cells, differs }) => [label, differs, ...cells.map((c) => c.text)]);
    expect(texts('Environment')).toEqual([
      ['Python', false, '3.11.7', '3.11.7'],
      ['Interpreter', false, '/venv/bin/python', '/venv/bin/python'],
      ['GPU', false, '2 × NVIDIA T4', '2 × NVIDIA T4'],
      ['System', false, 'Linux 6.1.0 x86_64', 'Linux 6.1.0 x86_64'],
      ['Packages', true, '98', '98'],
      ['package torch', true, '2.1.0', ''],
    ]);
    expect(texts('System')).toEqual([['system/memory_mb (peak)', true, '900', '950']]);
    expect(texts('Metrics')?.map(([label]) => label)).not.toContain('system/memory_mb');
    expect(summarize(sections)).toBe('0 of 3 metrics and 0 of 3 params differ');
  });

  it('keeps only what differs, and no empty section', () => {
    const second = { ...first, id: sampleRun(2).id, params: first.params.slice(0, 2) };
    const sections = shownSections(compareRuns([first, second]), true);
    expect(sections).toEqual([
      { title: 'Params', rows: [expect.objectContaining({ label: 'epochs', differs: true })] },
    ]);
    expect(summarize(compareRuns([first, second]))).toBe('0 of 3 metrics and 1 of 3 params differ');
  });
});
