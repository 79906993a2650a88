import { formatNumber } from '../../../../src/core/format/formatNumber';
import type { ParamImportance } from '../../../../src/core/plot/paramsImportance';
import { lineColors } from '../../../shared/chart/runStyles';
import { drawErrorBar } from '../../plot/drawErrorBar';
import { cutText, fontOf, type Scene, textWidth } from '../../plot/scene';

const rowPx = 24;
const headPx = 24;

export function importanceHeight(count: number): number {
  return headPx + count * rowPx + 4;
}

/** `ρ −0.42` or `η 0.8`. */
export function correlationText({ correlation }: ParamImportance): string {
  const { kind, value } = correlation;
  return Number.isNaN(value)
    ? ''
    : `${kind === 'rho' ? 'ρ' : 'η'} ${formatNumber(Number(value.toFixed(2)))}`;
}

export function importanceText({ importance, error = 0 }: ParamImportance): string {
  if (importance === undefined) return '';
  return `${(100 * importance).toFixed(1)} % ± ${(100 * error).toFixed(1)}`;
}

/** Two bars side by side for each param: by the forest, and by ranks from −1 to 1. */
export function createImportanceScene(params: readonly ParamImportance[], font: string): Scene {
  const most = Math.max(1e-9, ...params.map(({ importance = 0, error = 0 }) => importance + error));
  const hasForest = params.some(({ importance }) => importance !== undefined);
  const columns = (widthPx: number) => {
    const names = Math.min(
      widthPx * 0.34,
      Math.max(50, ...params.map(({ name }) => textWidth(name, font))) + 14,
    );
    const valuePx = 82;
    const rest = widthPx - names;
    const split = hasForest ? names + rest * 0.56 : names;
    return {
      names,
      forest: { left: names, right: Math.max(names + 10, split - valuePx) },
      ranks: { left: split + 8, right: Math.max(split + 18, widthPx - 54) },
    };
  };
  const middleOf = (row: number) => headPx + row * rowPx + rowPx / 2;
  return {
    markCount: params.length,
    order: params.map((_, row) => row),
    draw(pen, widthPx, heightPx, theme) {
      const { names, forest, ranks } = columns(widthPx);
      const [forestColor = theme.foreground, rankColor = theme.foreground] = lineColors(
        theme.isDark,
      );
      const zero = (ranks.left + ranks.right) / 2;
      pen.font = fontOf(theme.font);
      pen.setLineDash([]);
      pen.textBaseline = 'middle';
      pen.textAlign = 'left';
      pen.fillStyle = theme.muted;
      if (hasForest)
        pen.fillText(cutText('Importance', forest.right - forest.left + 80, font), forest.left, 8);
      pen.fillText(cutText('Rank correlation', widthPx - ranks.left, font), ranks.left, 8);
      pen.strokeStyle = theme.muted;
      pen.lineWidth = 1;
      pen.beginPath();
      for (const x of hasForest ? [forest.left, zero] : [zero]) {
        pen.moveTo(Math.round(x) + 0.5, headPx - 4);
        pen.lineTo(Math.round(x) + 0.5, Math.min(heightPx, importanceHeight(params.length)) - 4);
      }
      pen.stroke();
      for (const [row, param] of params.entries()) {
        const middle = middleOf(row);
        if (middle > heightPx) break;
        pen.fillStyle = theme.foreground;
        pen.textAlign = 'right';
        pen.fillText(cutText(param.name, names - 8, font), names - 8, middle);
        pen.textAlign = 'left';
        if (param.importance !== undefined) {
          const wide = forest.right - forest.left;
          const end = forest.left + (param.importance / most) * wide;
          pen.fillStyle = forestColor;
          pen.fillRect(forest.left, middle - 7, Math.max(1, end - forest.left), 14);
          const errorPx = ((param.error ?? 0) / most) * wide;
          const fromX = Math.max(forest.left, end - errorPx);
          drawErrorBar(pen, { fromX, toX: end + errorPx, y: middle }, theme);
          pen.fillStyle = theme.foreground;
          pen.fillText(importanceText(param), end + errorPx + 6, middle);
        }
        const { value } = param.correlation;
        if (Number.isNaN(value)) continue;
        const half = (ranks.right - ranks.left) / 2;
        pen.fillStyle = rankColor;
        pen.fillRect(
          Math.min(zero, zero + value * half),
          middle - 5,
          Math.max(1, Math.abs(value) * half),
          10,
        );
        pen.fillStyle = theme.foreground;
        pen.fillText(correlationText(param), ranks.right + 6, middle);
      }
    },
    placeOf: (row, widthPx) => ({ x: columns(widthPx).names, y: middleOf(row) }),
    markAt({ y }) {
      const row = Math.floor((y - headPx) / rowPx);
      return row >= 0 && row < params.length ? row : undefined;
    },
    describe(row) {
      const param = params[row];
      if (param === undefined) return [];
      const { name, importance, correlation, valueCount, sameAs } = param;
      return [
        name,
        ...(importance === undefined
          ? []
          : [`Importance ${importanceText(param)} of the variance`]),
        Number.isNaN(correlation.value)
          ? 'No rank correlation: too few values'
          : `Rank correlation ${correlationText(param)}`,
        `${valueCount} values`,
        ...(sameAs.length > 0 ? [`Always changes together with ${sameAs.join(', ')}`] : []),
      ];
    },
  };
}
