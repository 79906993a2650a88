import { useEffect, useState } from 'preact/hooks';
import { type ImageHead, readImageHead } from '../../../../src/core/media/imageHead';
import type { ImageItem } from '../../../../src/core/media/media';
import type { ChartedRun } from '../../../../src/protocol/chartsPage';
import type { CardContext } from '../../cardContext';
import { SlideCaption, stepText } from '../../plot/slideCaption';
import { isTiny } from './drawImage';

interface LoggedImageProps {
  readonly run: ChartedRun;
  readonly item: ImageItem;
  readonly context: CardContext;
  readonly heightPx: number;
  /** Given the element that shows it, and undefined when that is gone. */
  readonly onElement: (image: HTMLImageElement | undefined) => void;
}

type Loaded = { readonly url: string; readonly head: ImageHead } | { readonly problem: string };

/** One picture, or why it cannot be shown. */
export function LoggedImage({ run, item, context, heightPx, onElement }: LoggedImageProps) {
  const { host } = context;
  const [loaded, setLoaded] = useState<Loaded>();
  useEffect(() => {
    let isGone = false;
    host.readImage(run.runId, item.id).then(
      async ({ bytes }) => {
        const next = await toLoaded(bytes);
        if (!isGone) setLoaded(next);
      },
      (error: unknown) => {
        if (!isGone) setLoaded({ problem: error instanceof Error ? error.message : String(error) });
      },
    );
    return () => {
      isGone = true;
    };
  }, [run.runId, item.id]);
  const size = loaded && 'head' in loaded ? loaded.head : undefined;
  const step = stepText(item);
  return (
    <figure class="media">
      <SlideCaption run={run} item={item} context={context}>
        {[step, size && `${size.widthPx} × ${size.heightPx}`].filter(Boolean).join(' · ')}
      </SlideCaption>
      <div class="media-image" style={{ height: `${Math.max(100, heightPx)}px` }}>
        {loaded === undefined ? undefined : 'url' in loaded ? (
          <img
            ref={(image) => onElement(image ?? undefined)}
            src={loaded.url}
            class={isTiny(loaded.head) ? 'tiny' : ''}
            alt={`${item.tag} of ${run.name}${step === '' ? '' : ` at ${step}`}`}
            onError={() => setLoaded({ problem: 'The picture is damaged and cannot be shown.' })}
          />
        ) : (
          <p class="muted">{loaded.problem}</p>
        )}
      </div>
    </figure>
  );
}

/** Looked at once more here: what is no picture by its own bytes never gets into the page. */
async function toLoaded(bytes: Uint8Array): Promise<Loaded> {
  const head = readImageHead(bytes);
  if (head === undefined) return { problem: 'This is no picture that can be shown here.' };
  // SAFETY: what came over the wire is an array of its own.
  const blob = new Blob([bytes as Uint8Array<ArrayBuffer>], { type: head.media });
  const url = await new Promise<string>((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(blob);
  });
  return { url, head };
}
