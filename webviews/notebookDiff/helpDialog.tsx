import { useEffect, useRef } from 'preact/hooks';
import { Button } from '../shared/controls';

const keys: readonly (readonly [string, string])[] = [
  ['F7, N, Alt+F5', 'Next change'],
  ['Shift+F7, P, Shift+Alt+F5', 'Previous change'],
  ['J, K', 'Next, previous cell'],
  ['Ctrl+F', 'Find in sources and outputs; F3 and Shift+F3 go on'],
  ['I', 'Side by side or inline'],
  ['U', 'Hide or show unchanged cells'],
  ['O', 'Everything, only sources, only outputs'],
  ['M', 'Show or hide noise: metadata, execution counts, volatile outputs'],
  ['A', 'Bring the current cell into the open notebook'],
  ['S', 'Swap the sides'],
  ['?', 'This help'],
];

/** The keys of the page. */
export function HelpDialog({ onClose }: { readonly onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog ref={dialog} class="help" aria-labelledby="help-title" onClose={onClose}>
      <h2 id="help-title">Keys</h2>
      <dl>
        {keys.map(([key, text]) => (
          <div key={key}>
            <dt>
              {key.split(', ').map((each) => (
                <kbd key={each}>{each}</kbd>
              ))}
            </dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
      <Button onClick={() => dialog.current?.close()}>Close</Button>
    </dialog>
  );
}
