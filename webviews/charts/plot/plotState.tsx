import type { ComponentChildren } from 'preact';
import { ProgressRing } from '../../shared/controls';

/** Until the host has answered. */
export function PlotLoading({ heightPx }: { readonly heightPx: number }) {
  return (
    <div class="plot-empty" style={{ minHeight: `${heightPx}px` }}>
      <ProgressRing label="Reading figures" />
    </div>
  );
}

/** Why there is nothing to see, and what to do about it. */
export function PlotEmpty(props: {
  readonly heightPx: number;
  readonly children: ComponentChildren;
}) {
  return (
    <div class="plot-empty muted" style={{ minHeight: `${props.heightPx}px` }}>
      <p>{props.children}</p>
    </div>
  );
}
