import type { LineStyle } from './runStyles';

/** A piece of a run's line, as the legend shows it. */
export function Swatch({ style }: { readonly style: LineStyle }) {
  return (
    <svg class="swatch" width="28" height="10" aria-hidden="true">
      <line
        x1="0"
        y1="5"
        x2="28"
        y2="5"
        stroke={style.color}
        stroke-width="2"
        stroke-dasharray={style.dash.join(' ')}
      />
    </svg>
  );
}
