import { useEffect, useRef, useState } from 'preact/hooks';
import type { Remote } from '../../src/core/rpc';
import type { ListedView, SavedViewsHost } from '../../src/protocol/savedViewsHost';
import { Icon, type IconName } from './icon';
import './viewMenu.css';

interface ViewMenuProps {
  readonly host: Remote<SavedViewsHost>;
  /** What the page shows now, as JSON of an object; what it holds back is not in the view. */
  readonly serialise: () => string;
  /** Shows what was saved, or came in a file: check it as what `parseState` is given. */
  readonly onOpen: (state: unknown) => void;
  /** Says in the page if something went wrong. */
  readonly attempt: (action: Promise<void>) => void;
}

/** A button that opens the saved views of a page: to show, save, replace, rename, share and delete. */
export function ViewMenu({ host, serialise, onOpen, attempt }: ViewMenuProps) {
  const [isOpen, setIsOpen] = useState(false);
  const [views, setViews] = useState<readonly ListedView[]>();
  const [current, setCurrent] = useState<string>();
  const [said, setSaid] = useState<{ readonly text: string; readonly canUndo?: boolean }>();
  const root = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const panel = useRef<HTMLDivElement>(null);

  const read = async () => setViews(await host.readViews());
  const act = (action: () => Promise<void>) => attempt(action());
  const close = () => {
    setIsOpen(false);
    setSaid(undefined);
    button.current?.focus();
  };
  useEffect(() => {
    if (!isOpen) return;
    act(read);
    const closeOutside = (event: MouseEvent) => {
      if (event.target instanceof Node && !root.current?.contains(event.target)) setIsOpen(false);
    };
    document.addEventListener('mousedown', closeOutside);
    return () => document.removeEventListener('mousedown', closeOutside);
  }, [isOpen]);
  useEffect(() => {
    if (isOpen && views !== undefined) panel.current?.querySelector('button')?.focus();
  }, [isOpen, views === undefined]);

  const opened = ({ name, state }: { readonly name: string; readonly state: string }) => {
    onOpen(JSON.parse(state));
    setCurrent(name);
    close();
  };
  const show = (view: ListedView) => act(async () => opened(await host.readView(view.id)));
  const saveAs = () =>
    act(async () => {
      const saved = await host.saveViewAs(serialise());
      if (saved === undefined) return;
      setCurrent(saved.name);
      setSaid({ text: `Saved “${saved.name}”.` });
      await read();
    });
  const openFile = () =>
    act(async () => {
      const view = await host.openViewFile();
      if (view !== undefined) opened(view);
    });
  const actions = (view: ListedView): readonly RowAction[] => [
    {
      icon: 'save',
      text: 'Replace with what is shown',
      run: async () => {
        await host.updateView(view.id, serialise());
        setSaid({ text: `Replaced “${view.name}” with what is shown.` });
      },
    },
    view.isDefault
      ? {
          icon: 'pinned',
          text: 'Do not use as default',
          run: async () => {
            await host.setDefaultView(undefined);
            setSaid({ text: 'This page opens as it was at first.' });
          },
        }
      : {
          icon: 'pin',
          text: 'Use as default',
          run: async () => {
            await host.setDefaultView(view.id);
            setSaid({ text: `This page opens with “${view.name}” from now on.` });
          },
        },
    { icon: 'edit', text: 'Rename', run: () => host.renameView(view.id) },
    { icon: 'share', text: 'Share as file', run: () => host.shareView(view.id) },
    {
      icon: 'trash',
      text: 'Delete',
      run: async () => {
        await host.deleteView(view.id);
        setSaid({ text: `Deleted “${view.name}”.`, canUndo: true });
      },
    },
  ];
  return (
    <div ref={root} class="view-menu">
      <button
        ref={button}
        type="button"
        class="plain-button"
        aria-haspopup="dialog"
        aria-expanded={isOpen}
        title="Saved Views"
        onClick={() => (isOpen ? close() : setIsOpen(true))}
      >
        <Icon name="views" />
        <span class="view-menu-current">{current ?? 'Views'}</span>
      </button>
      {isOpen && (
        <div
          ref={panel}
          role="dialog"
          aria-label="Saved views"
          class="view-menu-panel"
          onKeyDown={(event) => {
            if (event.key !== 'Escape') return;
            event.preventDefault();
            event.stopPropagation();
            close();
          }}
        >
          {views?.length === 0 && (
            <p class="muted">
              No view is saved yet. A view keeps what this page shows, to find it again or to give
              it to others.
            </p>
          )}
          <ul>
            {views?.map((view) => (
              <li key={view.id} class="view-menu-row">
                <button type="button" class="view-menu-item" onClick={() => show(view)}>
                  {view.name}
                  {view.isDefault && <span class="muted"> · default</span>}
                </button>
                {actions(view).map(({ icon, text, run }, at) => (
                  <button
                    key={at}
                    type="button"
                    class="plain-button"
                    aria-label={`${text}: ${view.name}`}
                    title={text}
                    onClick={() =>
                      act(async () => {
                        await run();
                        await read();
                      })
                    }
                  >
                    <Icon name={icon} />
                  </button>
                ))}
              </li>
            ))}
          </ul>
          <div aria-live="polite" class="view-menu-said">
            {said?.text}
            {said?.canUndo === true && (
              <button
                type="button"
                class="view-menu-item"
                onClick={() =>
                  act(async () => {
                    await host.undoDeleteView();
                    setSaid(undefined);
                    await read();
                  })
                }
              >
                Undo
              </button>
            )}
          </div>
          <button type="button" class="view-menu-item" onClick={saveAs}>
            Save View As…
          </button>
          <button type="button" class="view-menu-item" onClick={openFile}>
            Open View from File…
          </button>
        </div>
      )}
    </div>
  );
}

interface RowAction {
  readonly icon: IconName;
  readonly text: string;
  readonly run: () => Promise<void>;
}
