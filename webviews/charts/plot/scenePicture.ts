import { rampColor } from '../../../src/core/plot/colorRamp';
import type { ColumnAxis } from '../../../src/core/plot/columnAxis';
import type { RunColumn } from '../../../src/core/plot/runColumn';
import type { Theme } from '../../shared/theme';
import type { Picture } from '../cardContext';
import { categoryPaint } from '../cards/scatter/scatterScene';
import type { Scene } from './scene';

/** A scene as it goes into a file. */
export function scenePicture(
  scene: Scene,
  theme: Theme,
  more: Partial<Omit<Picture, 'draw'>> = {},
): Picture {
  return {
    legend: [],
    draw: (pen, widthPx, heightPx) => scene.draw(pen, widthPx, heightPx, theme),
    ...more,
  };
}

const rampStops = [0, 0.25, 0.5, 0.75, 1];

/** What the colours of a picture mean: of numbers some along the ramp. */
export function pictureColors(
  { axis, column }: { readonly axis: ColumnAxis; readonly column: RunColumn },
  theme: Theme,
): Picture['legend'] {
  const entries =
    column.kind === 'text'
      ? column.texts.map((text, code) => ({
          text,
          color: categoryPaint(code, theme).color,
        }))
      : rampStops.map((unit) => ({
          text: axis.format(axis.fromUnit(unit)),
          color: rampColor(unit, theme.isDark),
        }));
  return entries.map(({ text, color }) => ({
    name: `${axis.title}: ${text}`,
    style: { color, dash: [] },
  }));
}
