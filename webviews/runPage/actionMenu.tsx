import { useEffect, useRef, useState } from 'preact/hooks';
import type { RunAction } from '../../src/protocol/runPage';
import { Icon } from '../shared/icon';
import type { SectionProps } from './sectionProps';

interface MenuAction {
  readonly action: RunAction;
  readonly title: string;
  readonly isDisabled?: boolean;
}

/** What can be done with the run, less often than what has a button of its own. */
export function ActionMenu({ data, run, host, attempt }: SectionProps) {
  const [isOpen, setOpen] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const opener = useRef<HTMLButtonElement>(null);
  const items = () => [
    ...(root.current?.querySelectorAll<HTMLElement>('[role=menuitem]:not([disabled])') ?? []),
  ];

  useEffect(() => {
    if (!isOpen) return;
    items()[0]?.focus();
    const closeOutside = (event: Event) => {
      if (event.target instanceof Node && !root.current?.contains(event.target)) setOpen(false);
    };
    const close = () => setOpen(false);
    document.addEventListener('mousedown', closeOutside);
    window.addEventListener('blur', close);
    return () => {
      document.removeEventListener('mousedown', closeOutside);
      window.removeEventListener('blur', close);
    };
  }, [isOpen]);

  const onKeyDown = (event: KeyboardEvent) => {
    if (!isOpen) return;
    const all = items();
    const active = document.activeElement;
    const at = active instanceof HTMLElement ? all.indexOf(active) : -1;
    const moves: Readonly<Record<string, number>> = {
      ArrowDown: (at + 1) % all.length,
      ArrowUp: (at - 1 + all.length) % all.length,
      Home: 0,
      End: all.length - 1,
    };
    const next = moves[event.key];
    if (next !== undefined) all[next]?.focus();
    else if (event.key === 'Escape' || event.key === 'Tab') {
      setOpen(false);
      opener.current?.focus();
    } else return;
    event.preventDefault();
  };

  const isCommand = run.source.kind !== 'notebook';
  const groups: readonly (readonly MenuAction[])[] = [
    [
      { action: 'openSource', title: 'Open Source' },
      { action: 'openLog', title: 'Open Log in an Editor', isDisabled: run.logBytes === 0 },
      { action: 'showHistory', title: 'Show History in One Chart' },
      { action: 'teachMetric', title: 'Teach a Metric…', isDisabled: run.logBytes === 0 },
    ],
    [
      { action: 'runAgain', title: 'Run Again', isDisabled: !data.canRunAgain },
      ...(isCommand
        ? [
            {
              action: 'runAgainWith',
              title: 'Run Again with Changed Params…',
              isDisabled: !data.canRunAgain,
            } as const,
          ]
        : []),
    ],
    [
      { action: 'tag', title: 'Tag…' },
      data.isBaseline
        ? { action: 'removeBaseline', title: 'Remove as Baseline' }
        : { action: 'setBaseline', title: 'Set as Baseline' },
      { action: 'delete', title: 'Delete' },
    ],
  ];
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys of the menu in it.
    <div ref={root} class="action-menu" onKeyDown={onKeyDown}>
      <button
        ref={opener}
        type="button"
        class="plain-button icon-button"
        aria-label="More actions"
        title="More Actions…"
        aria-haspopup="menu"
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
      >
        <Icon name="more" />
      </button>
      {isOpen && (
        <div class="menu" role="menu" aria-label="More actions">
          {groups.map((group, index) => (
            <div key={group[0]?.title} role="presentation">
              {index > 0 && <hr />}
              {group.map(({ action, title, isDisabled = false }) => (
                <button
                  key={action}
                  type="button"
                  role="menuitem"
                  class="menu-item"
                  tabIndex={-1}
                  disabled={isDisabled}
                  onClick={() => {
                    setOpen(false);
                    opener.current?.focus();
                    attempt(host.act(action));
                  }}
                >
                  {title}
                </button>
              ))}
            </div>
          ))}
        </div>
      )}
    </div>
  );
}
