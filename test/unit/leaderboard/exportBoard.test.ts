import { describe, expect, it } from 'vitest';
import { boardCsv, boardMarkdown } from '../../../src/core/leaderboard/exportBoard';
import type { ShownBoard } from '../../../src/core/leaderboard/shownBoard';
import { boardRuns, boardState, shownBoard } from '../../page/support/sampleBoard';

const metric = 'val_acc|<img src=x>';

function board(): ShownBoard {
  const shown = shownBoard(boardRuns(6), boardState, { metric });
  const [first] = shown.rows;
  if (first === undefined) throw new Error('The board has no row.');
  const params = [
    { key: 'bias', value: '-0.5' },
    { key: 'note', value: '=HYPERLINK("http://a")' },
    { key: 'cut', value: '-1e-4' },
  ];
  return { ...shown, rows: [{ ...first, params }] };
}

describe('a leaderboard that is exported', () => {
  it('has numbers as they are in CSV, and no formula', () => {
    const [head, row] = boardCsv(board()).split('\r\n');
    expect(head).toContain('rank,script,params.bias,params.note,params.cut');
    expect(row).toContain(`,-0.5,"'=HYPERLINK(""http://a"")",-1e-4,`);
  });

  it('has nothing of a run as HTML or as a column of its own in Markdown', () => {
    const text = boardMarkdown(board(), boardState);
    expect(text).not.toMatch(/(?<!\\)<img/);
    expect(text).toContain('| val\\_acc\\|\\<img src=x\\> |');
  });
});
