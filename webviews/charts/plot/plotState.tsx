import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { ProgressRing } from '../../shared/controls';

/** What is read sooner needs no ring that comes and goes. */
const patienceMs = 300;

/** Until the host has answered. */
export function PlotLoading({ heightPx }: { readonly heightPx: number }) {
  const [isSlow, setSlow] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setSlow(true), patienceMs);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div class="plot-empty plot-loading" style={{ minHeight: `${heightPx}px` }}>
      {isSlow && <ProgressRing label="Reading figures" />}
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
