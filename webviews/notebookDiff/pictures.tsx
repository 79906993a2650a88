import { useContext, useEffect, useRef, useState } from 'preact/hooks';
import type { ImageMode } from '../../src/protocol/notebookDiffPage';
import { toImageUrl } from '../shared/imageUrl';
import {
  comparePixels,
  describePictures,
  fitPictures,
  type PixelComparison,
  type Pixels,
  type Size,
} from './comparePixels';
import { DiffPage } from './pageContext';

interface PicturesProps {
  readonly row: number;
  readonly output: number;
  readonly media: string;
  /** Which sides have it. */
  readonly sides: readonly ('old' | 'new')[];
  readonly title: string;
}

type Loaded = { readonly url: string; readonly size?: Size } | 'damaged';
type Side = 'old' | 'new';

const modes: readonly { readonly mode: ImageMode; readonly text: string }[] = [
  { mode: 'side', text: 'Side by side' },
  { mode: 'slider', text: 'Slider' },
  { mode: 'onion', text: 'Onion skin' },
  { mode: 'difference', text: 'Difference' },
];

/** Beyond it the page would stand still while pixels are compared. */
const maxPixels = 16_000_000;

/** The picture of an output, or of both its sides with what differs. Loaded when it is seen. */
export function Pictures({ row, output, media, sides, title }: PicturesProps) {
  const { readMedium, imageMode, setImageMode, inline } = useContext(DiffPage);
  const [loaded, setLoaded] = useState<Readonly<Partial<Record<Side, Loaded>>>>({});
  const [comparison, setComparison] = useState<PixelComparison>();
  const box = useRef<HTMLDivElement>(null);
  const images = useRef<Partial<Record<Side, HTMLImageElement>>>({});

  useEffect(() => {
    const { current } = box;
    if (current === null) return;
    let isGone = false;
    const observer = new IntersectionObserver(
      (entries) => {
        if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
        observer.disconnect();
        for (const side of sides) void load(side);
      },
      { rootMargin: '400px 0px' },
    );
    observer.observe(current);
    return () => {
      isGone = true;
      observer.disconnect();
    };

    async function load(side: Side): Promise<void> {
      const data = await readMedium({ row, output, side, media });
      const url = data === undefined ? undefined : toImageUrl(media, data);
      if (!isGone) setLoaded((before) => ({ ...before, [side]: url ? { url } : 'damaged' }));
    }
  }, [row, output, media, sides.join()]);

  const onLoad = (side: Side, image: HTMLImageElement) => {
    images.current[side] = image;
    const size = { width: image.naturalWidth || 300, height: image.naturalHeight || 150 };
    setLoaded((before) => {
      const was = before[side];
      return was === undefined || was === 'damaged'
        ? before
        : { ...before, [side]: { ...was, size } };
    });
    const { old, new: fresh } = images.current;
    if (old !== undefined && fresh !== undefined) setComparison(compareImages(old, fresh));
  };
  const onDamaged = (side: Side) => setLoaded((before) => ({ ...before, [side]: 'damaged' }));

  const [old, fresh] = [loaded.old, loaded.new];
  const sizes = [old, fresh].map((each) => (typeof each === 'object' ? each.size : undefined));
  const [oldSize, newSize] = sizes;
  const canOverlay =
    oldSize !== undefined && newSize !== undefined && fitPictures(oldSize, newSize) !== 'different';
  const isSame = comparison?.differing === 0;
  const mode = canOverlay && !isSame ? imageMode : 'side';
  const picture = (side: Side) => (
    <Picture
      key={side}
      side={side}
      title={title}
      state={loaded[side]}
      onLoad={onLoad}
      onDamaged={onDamaged}
    />
  );
  return (
    <div ref={box} class="pictures">
      {oldSize !== undefined && newSize !== undefined && (
        <div class="picture-bar">
          <span class="picture-result">
            {isSame && oldSize.width === newSize.width
              ? 'Same picture'
              : describePictures(oldSize, newSize, comparison)}
          </span>
          {canOverlay && !isSame && (
            <fieldset class="modes" aria-label="How to compare the pictures">
              {modes.map((each) => (
                <button
                  key={each.mode}
                  type="button"
                  class="mode"
                  aria-pressed={each.mode === mode}
                  onClick={() => setImageMode(each.mode)}
                >
                  {each.text}
                </button>
              ))}
            </fieldset>
          )}
        </div>
      )}
      {mode === 'side' ? (
        <div
          class={`images ${inline ? 'stacked' : ''} ${sides.length === 1 ? `only-${sides[0]}` : ''}`}
        >
          {sides.map(picture)}
        </div>
      ) : (
        <Overlay mode={mode} comparison={comparison}>
          {sides.map(picture)}
        </Overlay>
      )}
    </div>
  );
}

interface PictureProps {
  readonly side: Side;
  readonly title: string;
  readonly state: Loaded | undefined;
  readonly onLoad: (side: Side, image: HTMLImageElement) => void;
  readonly onDamaged: (side: Side) => void;
}

function Picture({ side, title, state, onLoad, onDamaged }: PictureProps) {
  if (state === undefined) return <div class="picture picture-loading" />;
  if (state === 'damaged') {
    return <div class="picture muted">The picture is damaged and cannot be shown.</div>;
  }
  return (
    <div class={`picture picture-${side}`}>
      <img
        src={state.url}
        alt={`${side === 'old' ? 'Old' : 'New'} ${title}`}
        onLoad={(event) => onLoad(side, event.currentTarget)}
        onError={() => onDamaged(side)}
      />
    </div>
  );
}

interface OverlayProps {
  readonly mode: Exclude<ImageMode, 'side'>;
  readonly comparison: PixelComparison | undefined;
  readonly children: preact.ComponentChildren;
}

/** Both pictures in one place. */
function Overlay({ mode, comparison, children }: OverlayProps) {
  const [share, setShare] = useState(50);
  const stack = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const top = stack.current?.querySelector<HTMLElement>('.picture-new');
    if (!top) return;
    top.style.clipPath = mode === 'slider' ? `inset(0 0 0 ${share}%)` : '';
    top.style.opacity = mode === 'onion' ? String(share / 100) : '';
  });
  useEffect(() => {
    if (mode !== 'difference' || canvas.current === null || comparison === undefined) return;
    const { width, height, mask } = comparison;
    canvas.current.width = width;
    canvas.current.height = height;
    // SAFETY: the mask was made on a buffer of its own.
    const data = new ImageData(mask as Uint8ClampedArray<ArrayBuffer>, width, height);
    canvas.current.getContext('2d')?.putImageData(data, 0, 0);
  }, [mode, comparison]);
  return (
    <div class={`overlay overlay-${mode}`}>
      {mode !== 'difference' && (
        <label class="overlay-range">
          <span>{mode === 'slider' ? 'Old | New' : 'Old to new'}</span>
          <input
            type="range"
            min={0}
            max={100}
            value={share}
            onInput={(event) => setShare(Number(event.currentTarget.value))}
          />
        </label>
      )}
      <div ref={stack} class="overlay-stack">
        {children}
        {mode === 'difference' && (
          <canvas ref={canvas} role="img" aria-label="Pixels that differ, in magenta" />
        )}
      </div>
    </div>
  );
}

/** Undefined where they cannot be laid over each other, or are too large. */
function compareImages(
  old: HTMLImageElement,
  fresh: HTMLImageElement,
): PixelComparison | undefined {
  const [a, b] = [sizeOf(old), sizeOf(fresh)];
  const fit = fitPictures(a, b);
  if (fit === 'different' || b.width * b.height > maxPixels) return undefined;
  const before = readPixels(old, fit === 'scaled' ? b : a);
  const after = readPixels(fresh, b);
  return before && after && comparePixels(before, after);
}

function sizeOf(image: HTMLImageElement): Size {
  return { width: image.naturalWidth || 300, height: image.naturalHeight || 150 };
}

function readPixels(image: HTMLImageElement, { width, height }: Size): Pixels | undefined {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext('2d', { willReadFrequently: true });
  try {
    context?.drawImage(image, 0, 0, width, height);
    return context?.getImageData(0, 0, width, height);
  } catch {
    // Some SVGs may be shown but not read.
    return undefined;
  }
}
