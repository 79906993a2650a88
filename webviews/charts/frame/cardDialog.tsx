import { useEffect, useRef, useState } from 'preact/hooks';
import type { ChartSpec } from '../../../src/core/chart/chartSpec';
import { withoutStaleChoice } from '../../../src/core/chart/withoutStaleChoice';
import { Button, TextField } from '../../shared/controls';
import type { CardContext } from '../cardContext';
import { cardKinds, kindOf } from '../cardKinds';

interface CardDialogProps {
  readonly context: CardContext;
  /** What is edited; undefined to add a chart. */
  readonly spec: ChartSpec | undefined;
  readonly onDone: (spec: ChartSpec) => void;
  readonly onClose: () => void;
}

/** Adds a chart of any kind, or changes what one shows. */
export function CardDialog({ context, spec: given, onDone, onClose }: CardDialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [spec, setSpec] = useState(() => given ?? cardKinds[0]?.draft(context));
  useEffect(() => dialog.current?.showModal(), []);
  const kind = spec === undefined ? undefined : kindOf(spec);
  const title = given === undefined ? 'Add Chart' : 'Edit Chart';
  const setTitle = (text: string) => {
    if (spec === undefined) return;
    const { title: _before, ...rest } = spec;
    setSpec(text.trim() === '' ? rest : { ...rest, title: text });
  };
  return (
    <dialog ref={dialog} class="card-dialog" aria-labelledby="card-dialog-title" onClose={onClose}>
      <h2 id="card-dialog-title">{title}</h2>
      {given === undefined && (
        <fieldset class="choices kinds">
          <legend>Kind</legend>
          {cardKinds.map((each) => {
            const draft = each.draft(context);
            return (
              <label key={each.kind} class={draft === undefined ? 'disabled' : ''}>
                <input
                  type="radio"
                  name="kind"
                  checked={spec?.kind === each.kind}
                  disabled={draft === undefined}
                  onChange={() => setSpec(draft)}
                />
                <span class="choice-name">{each.name}</span>
                <span class="muted">{each.description}</span>
              </label>
            );
          })}
        </fieldset>
      )}
      {spec === undefined || kind === undefined ? (
        <p class="muted">The shown runs have nothing to chart.</p>
      ) : (
        <>
          <kind.Editor spec={spec} context={context} onChange={setSpec} />
          <TextField
            label="Title"
            placeholder={kind.titleOf(spec)}
            value={spec.title ?? ''}
            onInput={setTitle}
          />
        </>
      )}
      <div class="dialog-buttons">
        <Button
          look="primary"
          disabled={spec === undefined}
          onClick={() => {
            if (spec !== undefined) onDone(given ? withoutStaleChoice(given, spec) : spec);
            dialog.current?.close();
          }}
        >
          {given === undefined ? 'Add' : 'Save'}
        </Button>
        <Button onClick={() => dialog.current?.close()}>Cancel</Button>
      </div>
    </dialog>
  );
}
