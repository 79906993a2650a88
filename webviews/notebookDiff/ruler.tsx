import type { RefObject } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { onThemeChange } from '../shared/theme';
import type { Block } from './state';
import type { ListHandle } from './virtualList';

interface RulerProps {
  /** Those with a change. */
  readonly blocks: readonly Block[];
  readonly list: RefObject<ListHandle>;
  readonly scroller: RefObject<HTMLElement>;
}

/** From the left to the right: what is gone, what changed, what is new; a place says it beside the colour. */
const lanes: Readonly<
  Record<string, { readonly from: number; readonly to: number; readonly color: string }>
> = {
  removed: { from: 0, to: 0.34, color: '--vscode-editorGutter-deletedBackground' },
  moved: { from: 0.33, to: 0.67, color: '--vscode-charts-purple' },
  changed: { from: 0, to: 1, color: '--vscode-editorGutter-modifiedBackground' },
  same: { from: 0, to: 1, color: '--vscode-editorGutter-modifiedBackground' },
  added: { from: 0.66, to: 1, color: '--vscode-editorGutter-addedBackground' },
};

/** All changes of the diff at the height of the page; a click goes there. For the pointer alone. */
export function Ruler({ blocks, list, scroller }: RulerProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const element = canvas.current;
    const view = scroller.current;
    if (!element || !view) return;
    let frame: number | undefined;
    const draw = () => {
      frame = undefined;
      const { clientWidth: width, clientHeight: height } = element;
      const scale = window.devicePixelRatio;
      element.width = width * scale;
      element.height = height * scale;
      const context = element.getContext('2d');
      if (!context) return;
      context.scale(scale, scale);
      const styles = getComputedStyle(element);
      for (const block of blocks) {
        const lane = lanes[block.kind === 'cell' ? block.row.kind : 'moved'];
        const place = list.current?.placeOf(block.key);
        if (lane === undefined || place === undefined) continue;
        context.fillStyle = styles.getPropertyValue(lane.color).trim() || styles.color;
        const top = place.top * height;
        const size = Math.max(2, (place.bottom - place.top) * height - 1);
        context.fillRect(lane.from * width, top, (lane.to - lane.from) * width, size);
      }
      const { scrollTop, scrollHeight, clientHeight } = view;
      context.strokeStyle = styles.color;
      context.strokeRect(
        0.5,
        (scrollTop / scrollHeight) * height + 0.5,
        width - 1,
        Math.max(6, (clientHeight / scrollHeight) * height - 1),
      );
    };
    const request = () => {
      frame ??= requestAnimationFrame(draw);
    };
    request();
    view.addEventListener('scroll', request, { passive: true });
    const resized = new ResizeObserver(request);
    resized.observe(element);
    for (const child of view.children) resized.observe(child);
    const stopTheme = onThemeChange(request);
    return () => {
      if (frame !== undefined) cancelAnimationFrame(frame);
      view.removeEventListener('scroll', request);
      resized.disconnect();
      stopTheme();
    };
  }, [blocks]);
  const onPointer = (event: PointerEvent) => {
    const element = canvas.current;
    if (event.buttons !== 1 || !element) return;
    const box = element.getBoundingClientRect();
    list.current?.scrollToPart(Math.min(1, Math.max(0, (event.clientY - box.top) / box.height)));
  };
  return (
    <div class="ruler" aria-hidden="true">
      <canvas ref={canvas} onPointerDown={onPointer} onPointerMove={onPointer} />
    </div>
  );
}
