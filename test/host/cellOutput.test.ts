import { deepStrictEqual, strictEqual } from 'node:assert/strict';
import { NotebookCellOutput, NotebookCellOutputItem } from 'vscode';
import { createCellOutputReader } from '../../src/capture/cellOutput';

const { stdout, stderr, text, error } = NotebookCellOutputItem;
const printed = (value: string) => new NotebookCellOutput([stdout(value)]);
const shown = (value: string) => new NotebookCellOutput([text(value, 'text/plain')]);

/** What is read of outputs as they stand one after the other. */
function read(states: readonly (readonly NotebookCellOutput[])[]): string[] {
  const reader = createCellOutputReader();
  return states.map((outputs) => reader.read(outputs, false));
}
const check = (states: Parameters<typeof read>[0], expected: readonly string[]) =>
  deepStrictEqual(read(states), expected);

suite('cellOutput', () => {
  test('of a table that grows, each row is read once, and not from its text besides', () => {
    const row = (cells: string) => `<tr><td>${cells.replaceAll(' ', '</td><td>')}</td></tr>`;
    const table = (...rows: readonly string[]) =>
      new NotebookCellOutput([
        text(`<table><tr><th>epoch</th><th>loss</th></tr>${rows.map(row).join('')}`, 'text/html'),
        text(`epoch loss ${rows.join(' ')}`, 'text/plain'),
      ]);
    check(
      [[table('1 0.5')], [table('1 0.4', '2 0.3')], [table('1 0.4', '2 0.3', '3 0.2')]],
      ['', '| epoch | loss |\n| 1 | 0.4 |\n', '| epoch | loss |\n| 2 | 0.3 |\n'],
    );
  });

  test('of output that grows, each text is read once', () => {
    check(
      [[printed('a\n')], [printed('a\nb\n')], [printed('a\nb\n')], [printed('a\nb\nc')]],
      ['a\n', 'b\n', '', 'c'],
    );
  });

  test('several outputs and streams grow on their own', () => {
    check(
      [
        [printed('a\n')],
        [printed('a\n'), new NotebookCellOutput([stderr('warn\n')])],
        [printed('a\nb\n'), new NotebookCellOutput([stderr('warn\nerr\n')])],
        [new NotebookCellOutput([stdout('a\nb\nc\n'), stderr('x\n')]), printed('d\n')],
      ],
      ['a\n', 'warn\n', 'b\nerr\n', 'c\nx\nd\n'],
    );
  });

  test('output that is cleared and printed anew is read anew', () => {
    check([[printed('a\n')], [], [printed('a\nb\n')]], ['a\n', '', 'a\nb\n']);
    check([[printed('epoch 10\n')], [printed('ep\n')]], ['epoch 10\n', 'ep\n']);
  });

  test('output that is redrawn at the same length, or longer, is read anew', () => {
    check(
      [[printed('epoch 1\n')], [printed('epoch 2\n')], [printed('epoch 3 done\n')]],
      ['epoch 1\n', 'epoch 2\n', 'epoch 3 done\n'],
    );
  });

  test('a character that is cut where the last read ended is read whole, once', () => {
    const bytes = Buffer.from('größer 数据 🚀\n');
    const states = Array.from({ length: bytes.length + 1 }, (_, length) => [
      new NotebookCellOutput([
        new NotebookCellOutputItem(
          bytes.subarray(0, length),
          'application/vnd.code.notebook.stdout',
        ),
      ]),
    ]);
    strictEqual(read(states).join(''), 'größer 数据 🚀\n');
  });

  test('what is shown ends its own line; pictures, pages and errors are not read', () => {
    check(
      [
        [
          shown('{"loss": 0.5}'),
          new NotebookCellOutput([
            new NotebookCellOutputItem(new Uint8Array([1, 2]), 'image/png'),
            text('<b>loss: 1</b>', 'text/html'),
            text('<Figure>', 'text/plain'),
          ]),
          new NotebookCellOutput([error(new Error('loss=9'))]),
        ],
      ],
      ['{"loss": 0.5}\n<Figure>\n'],
    );
  });
});
