import { useRef } from 'preact/hooks';

interface ResizeHandleProps {
  readonly widthPx: number;
  readonly onResize: (widthPx: number) => void;
  readonly onFit: () => void;
}

/** The edge of a column, to be dragged; the keyboard does the same from the column's name. */
export function ResizeHandle({ widthPx, onResize, onFit }: ResizeHandleProps) {
  const start = useRef<{ readonly xPx: number; readonly widthPx: number }>();
  return (
    <div
      class="resize"
      aria-hidden="true"
      onPointerDown={(event) => {
        start.current = { xPx: event.clientX, widthPx };
        event.currentTarget.setPointerCapture(event.pointerId);
        event.preventDefault();
      }}
      onPointerMove={(event) => {
        if (start.current === undefined) return;
        onResize(start.current.widthPx + event.clientX - start.current.xPx);
      }}
      onPointerUp={() => {
        start.current = undefined;
      }}
      onDblClick={onFit}
    />
  );
}
