import { expect, test } from 'vitest';
import { parseColumn } from '../../../src/core/table/tableColumn';
import { CellStore } from '../../../webviews/runTable/cellStore';
import { createPlainText } from '../../../webviews/runTable/cellText';
import { CurveStore } from '../../../webviews/runTable/curveStore';

const noCurve = () => {
  throw new Error('There is no curve.');
};

test('a row that flies past is one line, whatever its cells hold', () => {
  const cells = new CellStore();
  const column = parseColumn('note');
  if (column === undefined) throw new Error('There is no column of notes.');
  cells.add(
    {
      slots: Uint32Array.of(0),
      columns: ['note'],
      cells: [{ kind: 'text', texts: ['warm\r\nup\u2028first'], codes: Uint32Array.of(1) }],
    },
    cells.version,
  );
  const context = {
    ...{ cells, curves: new CurveStore(() => undefined, noCurve), nowMs: 0 },
    ...{ baseline: undefined, references: undefined },
  };
  const text = createPlainText(column);
  expect(text.run(0, context)).toBe('warm up first');
  expect(text.group({ key: 'x', value: 'x', level: 0, slots: [0], children: [] }, context)).toBe(
    'warm up first',
  );
});
