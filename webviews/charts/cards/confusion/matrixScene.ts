import { formatNumber } from '../../../../src/core/format/formatNumber';
import {
  type ConfusionMatrix,
  isCounted,
  type MatrixNormalization,
  normalizeMatrix,
} from '../../../../src/core/media/confusionMatrix';
import { lineColors } from '../../../shared/chart/runStyles';
import { contrastText, mixRgb, parseRgb, type Rgb } from '../../plot/rgb';
import { type Area, cutText, fontOf, type Scene, textWidth } from '../../plot/scene';

/** What stands in a cell. */
export function cellText(value: number, by: MatrixNormalization): string {
  if (Number.isNaN(value)) return '';
  return by === 'none'
    ? formatNumber(value)
    : `${(100 * value).toFixed(value > 0 && value < 0.1 ? 1 : 0)} %`;
}

/**
 * A confusion matrix with the true classes from above and the predicted ones from the left. The more of
 * its row (or of all that can be) a cell has, the stronger its colour; its number stands in it where there
 * is room. Marks are cells.
 */
export function createMatrixScene(
  matrix: ConfusionMatrix,
  by: MatrixNormalization,
  font: string,
): Scene {
  const { labels } = matrix;
  const size = labels.length;
  const values = normalizeMatrix(matrix, by);
  const most = by === 'none' ? values.reduce((a, b) => Math.max(a, b), 0) : 1;
  const widest = Math.max(8, ...labels.map((label) => textWidth(label, font)));
  const areaOf = (widthPx: number, heightPx: number): Area & { readonly cell: number } => {
    const left = Math.min(widest, widthPx * 0.25) + 30;
    const top = 22;
    const cell = Math.max(2, Math.min((widthPx - left - 4) / size, (heightPx - top - 24) / size));
    return { left, top, cell, right: left + cell * size, bottom: top + cell * size };
  };
  return {
    markCount: values.length,
    order: Array.from(values.keys()),
    rowLength: size,
    draw(pen, widthPx, heightPx, theme) {
      const { left, top, right, bottom, cell } = areaOf(widthPx, heightPx);
      const ground = parseRgb(theme.background, theme.isDark);
      const full = parseRgb(lineColors(theme.isDark)[0] ?? '', theme.isDark);
      pen.font = fontOf(theme.font);
      pen.textBaseline = 'middle';
      pen.textAlign = 'center';
      const texts = Array.from(values, (value) => cellText(value, by));
      const hasRoom =
        cell >= 16 && Math.max(...texts.map((text) => textWidth(text, font))) <= cell - 4;
      for (const [at, value] of values.entries()) {
        const x = left + (at % size) * cell;
        const y = top + Math.floor(at / size) * cell;
        const color: Rgb = mixRgb(
          ground,
          full,
          most > 0 && !Number.isNaN(value) ? value / most : 0,
        );
        pen.fillStyle = `rgb(${color.join(', ')})`;
        pen.fillRect(x, y, cell, cell);
        if (!hasRoom) continue;
        pen.fillStyle = contrastText(color);
        pen.fillText(texts[at] ?? '', x + cell / 2, y + cell / 2);
      }
      pen.strokeStyle = theme.grid;
      pen.lineWidth = 1;
      pen.setLineDash([]);
      if (cell >= 8) {
        pen.beginPath();
        for (let line = 0; line <= size; line++) {
          pen.moveTo(left, top + line * cell);
          pen.lineTo(right, top + line * cell);
          pen.moveTo(left + line * cell, top);
          pen.lineTo(left + line * cell, bottom);
        }
        pen.stroke();
      }
      const every = Math.max(1, Math.ceil(14 / cell));
      for (let at = 0; at < size; at += every) {
        const label = labels[at] ?? '';
        pen.fillStyle = theme.muted;
        pen.textAlign = 'right';
        pen.fillText(cutText(label, left - 28, font), left - 6, top + (at + 0.5) * cell);
        pen.textAlign = 'center';
        const room = cell * Math.max(every, Math.ceil(widest / cell) > every ? 1 : every) - 4;
        if (textWidth(label, font) <= room || cell >= 26) {
          pen.fillText(
            cutText(label, Math.max(12, room), font),
            left + (at + 0.5) * cell,
            bottom + 9,
          );
        }
      }
      pen.fillStyle = theme.foreground;
      pen.textAlign = 'left';
      pen.fillText(cutText('Predicted →', right - left, font), left, 9);
      pen.save();
      pen.translate(8, (top + bottom) / 2);
      pen.rotate(-Math.PI / 2);
      pen.textAlign = 'center';
      pen.fillText('← True', 0, 0);
      pen.restore();
    },
    placeOf(at, widthPx, heightPx) {
      const { left, top, cell } = areaOf(widthPx, heightPx);
      return {
        x: left + ((at % size) + 0.5) * cell,
        y: top + (Math.floor(at / size) + 0.5) * cell,
      };
    },
    markAt({ x, y }, widthPx, heightPx) {
      const { left, top, cell } = areaOf(widthPx, heightPx);
      const [column, row] = [Math.floor((x - left) / cell), Math.floor((y - top) / cell)];
      const isInside = column >= 0 && column < size && row >= 0 && row < size;
      return isInside ? row * size + column : undefined;
    },
    describe(at) {
      const [truth, predicted] = [labels[Math.floor(at / size)], labels[at % size]];
      const value = values[at] ?? Number.NaN;
      const counted = matrix.values[at] ?? 0;
      const share = by === 'row' ? `of all ${truth}` : `of all taken for ${predicted}`;
      return [
        `True ${truth}, predicted ${predicted}`,
        by === 'none' ? cellText(value, by) : `${cellText(value, by) || 'none'} ${share}`,
        ...(by !== 'none' && isCounted(matrix) ? [`${counted} in number`] : []),
        ...(truth === predicted ? ['right'] : []),
      ];
    },
  };
}
