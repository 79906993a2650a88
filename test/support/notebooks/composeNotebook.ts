import type { Notebook, NotebookCell, NotebookOutput } from '../../../src/core/notebook/notebook';
import type { Random } from '../../bench/store/random';

/** Words of which names and prose are made; they recur as words do in one notebook. */
const words = (
  'data model train test loss score batch layer feature target label index frame column row value mean ' +
  'split scale fold weight image token text price month sample class error depth rate plot axis grid ' +
  'cluster tree forest kernel hidden state reward action policy epoch step cache config path report'
).split(' ');
const calls = ['fit', 'transform', 'predict', 'merge', 'groupby', 'reshape', 'append', 'evaluate'];
const libraries = ['numpy as np', 'pandas as pd', 'torch', 'seaborn as sns', 'os', 'json', 'math'];

/** A notebook of the given number of cells as data scientists write them, the same for each seed. */
export function composeNotebook(
  random: Random,
  cellCount: number,
  { hasIds = false, imageChars = 4_000 }: { hasIds?: boolean; imageChars?: number } = {},
): Notebook {
  const cells = Array.from({ length: cellCount }, () => composeCell(random, imageChars));
  return {
    cells: hasIds ? cells.map((cell) => ({ ...cell, id: composeId(random) })) : cells,
    metadata: {
      kernelspec: { display_name: 'Python 3', language: 'python', name: 'python3' },
      language_info: { name: 'python', version: '3.11.7' },
    },
    language: 'python',
    nbformat: 4,
    nbformatMinor: hasIds ? 5 : 4,
  };
}

export function composeCell(random: Random, imageChars = 4_000): NotebookCell {
  const kind = random.uniform();
  if (kind < 0.3)
    return { kind: 'markdown', source: composeProse(random), outputs: [], metadata: {} };
  // What every notebook repeats.
  if (kind < 0.36) return toCode(random.oneOf(['plt.show()', 'df.head()', 'model.summary()']), []);
  if (kind < 0.38) return toCode('', []);
  const outputs = random.uniform() < 0.6 ? [composeOutput(random, imageChars)] : [];
  return { ...toCode(composeCode(random), outputs), executionCount: below(random, 200) };
}

export function composeId(random: Random): string {
  return random.bits().toString(16).padStart(8, '0');
}

/** One line of Python as a cell has it. */
export function composeLine(random: Random): string {
  const [a, b, c] = [composeName(random), composeName(random), composeName(random)];
  const number = (random.uniform() * 10 ** below(random, 4)).toPrecision(3);
  return random.oneOf([
    `${a} = ${b}.${pick(random, calls)}(${c}, ${number})`,
    `${a} = ${b}[${c} > ${number}]`,
    `print("${pick(random, words)} ${pick(random, words)}:", ${a})`,
    `${a}_${b} = [${c} * ${number} for ${c} in ${a}]`,
    `# ${composeWords(random, 6)}`,
    `import ${pick(random, libraries)}`,
    `plt.plot(${a}, ${b}, label="${pick(random, words)}")`,
    `assert ${a}.shape == (${number}, ${below(random, 64)})`,
  ]);
}

function composeCode(random: Random): string {
  const lines = Array.from({ length: 1 + below(random, 14) }, () => composeLine(random));
  if (random.uniform() < 0.25) {
    lines.push(`for ${pick(random, words)} in range(${below(random, 100)}):`);
    lines.push(...Array.from({ length: 3 }, () => `    ${composeLine(random)}`));
  }
  return lines.join('\n');
}

function composeProse(random: Random): string {
  const title = random.uniform() < 0.5 ? [`## ${composeWords(random, 3)}`, ''] : [];
  const lines = Array.from({ length: 1 + below(random, 4) }, () => `${composeWords(random, 14)}.`);
  return [...title, ...lines].join('\n');
}

function composeOutput(random: Random, imageChars: number): NotebookOutput {
  const kind = random.uniform();
  if (kind < 0.4) {
    const lines = Array.from(
      { length: 1 + below(random, 20) },
      (_, epoch) => `epoch ${epoch} loss ${random.uniform().toFixed(4)}\n`,
    );
    return { kind: 'stream', name: 'stdout', data: {}, text: lines.join('') };
  }
  if (kind < 0.7) {
    const image = composeBase64(random, imageChars);
    return { kind: 'display', data: { 'image/png': image, 'text/plain': '<Figure size 640x480>' } };
  }
  const names = [composeName(random), composeName(random), composeName(random)];
  const rows = Array.from({ length: 5 }, () => names.map(() => random.uniform().toFixed(4)));
  return {
    kind: 'result',
    data: { 'text/html': toDataframe(names, rows), 'text/plain': rows.join('\n') },
  };
}

/** The HTML that pandas gives a frame with the index that it gives. */
export function toDataframe(
  names: readonly string[],
  rows: readonly (readonly string[])[],
  index: readonly string[] = rows.map((_, i) => String(i)),
): string {
  const head = names.map((name) => `      <th>${name}</th>\n`).join('');
  const body = rows.map(
    (row, i) =>
      `    <tr>\n      <th>${index[i]}</th>\n${row.map((text) => `      <td>${text}</td>\n`).join('')}    </tr>\n`,
  );
  return (
    '<div>\n<style scoped>\n    .dataframe tbody tr th { vertical-align: top; }\n</style>\n' +
    '<table border="1" class="dataframe">\n  <thead>\n    <tr style="text-align: right;">\n' +
    `      <th></th>\n${head}    </tr>\n  </thead>\n  <tbody>\n${body.join('')}  </tbody>\n</table>\n` +
    `<p>${rows.length} rows × ${names.length} columns</p>\n</div>`
  );
}

export function composeBase64(random: Random, chars: number): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
  return Array.from({ length: chars }, () => alphabet[random.bits() & 63]).join('');
}

function composeName(random: Random): string {
  return random.uniform() < 0.5
    ? `${pick(random, words)}_${pick(random, words)}`
    : `${pick(random, words)}${below(random, 10)}`;
}

function composeWords(random: Random, most: number): string {
  return Array.from({ length: 2 + below(random, most) }, () => pick(random, words)).join(' ');
}

function toCode(source: string, outputs: readonly NotebookOutput[]): NotebookCell {
  return { kind: 'code', source, outputs, metadata: {} };
}

/** A whole number from 0 to one less than `limit`. */
export function below(random: Random, limit: number): number {
  return Math.floor(random.uniform() * limit);
}

function pick(random: Random, values: readonly string[]): string {
  return values[below(random, values.length)] ?? '';
}
