import { dsvFormat } from 'd3-dsv';
import { type ConfusionMatrix, toConfusionMatrix } from './confusionMatrix';

/**
 * The confusion matrix in a text of separated values; undefined if there is none: rows of numbers as
 * numpy's `savetxt` writes them (with `,`, `;`, a tab or spaces between), or with names above and in
 * front, as pandas' `to_csv` does.
 */
export function readMatrixCsv(text: string): ConfusionMatrix | undefined {
  const lines = text
    .replace(/^\ufeff/, '')
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '' && !line.startsWith('#'));
  const [head = ''] = lines;
  const separator = [',', ';', '\t'].find((each) => head.includes(each));
  const rows =
    separator === undefined
      ? lines.map((line) => line.trim().split(/\s+/))
      : dsvFormat(separator).parseRows(lines.join('\n'));
  const isSquare = rows.every((row) => row.length === rows.length);
  const plain = isSquare ? toConfusionMatrix(rows.map((row) => row.map(toNumber))) : undefined;
  if (plain !== undefined) return plain;
  const [names = [], ...body] = rows;
  const hasFront = body.every((row) => row.length === body.length + 1);
  if (!hasFront && !body.every((row) => row.length === body.length)) return undefined;
  const cells = body.map((row) => row.slice(hasFront ? 1 : 0).map(toNumber));
  const above = names.slice(-body.length).map((name) => name.trim());
  const front = hasFront ? body.map((row) => row[0]?.trim() ?? '') : above;
  // A number of its own above each column: rows that only look as if they had names.
  return toConfusionMatrix(cells, front.some((name) => name === '') ? above : front);
}

function toNumber(text: string): number {
  return text.trim() === '' ? Number.NaN : Number(text);
}
