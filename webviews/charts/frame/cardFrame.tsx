import { useCallback, useRef, useState } from 'preact/hooks';
import type { Card, CardSize } from '../../../src/core/chart/chartLayout';
import type { ChartSpec } from '../../../src/core/chart/chartSpec';
import { Button } from '../../shared/controls';
import { Icon } from '../../shared/icon';
import { MenuButton, type MenuItem } from '../../shared/menuButton';
import type { CardContext, Picture } from '../cardContext';
import { kindOf, titleOf } from '../cardKinds';
import { fileNameOf } from '../export/fileName';
import { copyPicture, savePng, saveSvg } from '../export/savePicture';
import { useCardProblem } from './useCardProblem';
import { useInView } from './useInView';

/** A card that is dragged by its title to the place of another one of its section. */
export interface CardDrag {
  readonly dragged: Card | undefined;
  readonly onDrag: (card: Card | undefined) => void;
  readonly onDrop: (onto: Card) => void;
}

export interface CardFrameProps {
  readonly card: Card;
  readonly context: CardContext;
  readonly heightPx: number;
  readonly size: CardSize;
  /** How many columns there are to take. */
  readonly columns: number;
  /** It is among the first of the page. */
  readonly isFirst: boolean;
  readonly onEdit: () => void;
  readonly onSpec: (spec: ChartSpec) => void;
  readonly drag: CardDrag;
  readonly onMove: (by: -1 | 1) => void;
  readonly onRemove: () => void;
  readonly onSize: (size: CardSize) => void;
}

/** A card that takes several columns is so much wider. */
function spanning(context: CardContext, span: number): CardContext {
  return span === 1 ? context : { ...context, columnPx: context.columnPx * span };
}

const heights = [
  { text: 'Low', heightPx: 160 },
  { text: 'Normal', heightPx: 240 },
  { text: 'High', heightPx: 400 },
  { text: 'Very High', heightPx: 640 },
] as const;

/** What every chart has around it: its title, its menu, and the same figures as a table. */
export function CardFrame(props: CardFrameProps) {
  const { card, heightPx, size, columns } = props;
  const { problem, turn, retry, attemptRead } = useCardProblem(props.context.runs);
  const context = { ...spanning(props.context, Math.min(size.span, columns)), attemptRead };
  const [asTable, setAsTable] = useState(false);
  const [hasPicture, setHasPicture] = useState(false);
  const [isDragOver, setDragOver] = useState(false);
  const root = useRef<HTMLElement>(null);
  const picture = useRef<Picture>();
  const isInView = useInView(root, props.isFirst);
  const onPicture = useCallback((next: Picture | undefined) => {
    picture.current = next;
    setHasPicture(next !== undefined);
  }, []);
  const kind = kindOf(card.spec);
  if (kind === undefined) return undefined;
  const { drag } = props;
  const isTarget =
    drag.dragged !== undefined &&
    drag.dragged.id !== card.id &&
    drag.dragged.section === card.section;
  const title = titleOf(card.spec);
  const { host, attempt, theme } = context;
  const withPicture = (act: (shown: Picture) => Promise<void>) => () => {
    if (picture.current !== undefined) attempt(act(picture.current));
  };
  const saveCsv = async () => {
    const parts = await kind.csv(card.spec, context);
    const content = new Uint8Array(await new Blob(parts).arrayBuffer());
    await host.saveFile(fileNameOf(title, 'csv'), content);
  };
  const noPicture = asTable || !hasPicture;
  const items: readonly MenuItem[] = [
    { text: 'Edit…', onChoose: props.onEdit },
    {
      text: 'Save as PNG…',
      disabled: noPicture,
      startsGroup: true,
      onChoose: withPicture((shown) => savePng(host, shown, title, theme)),
    },
    {
      text: 'Save as SVG…',
      disabled: noPicture,
      onChoose: withPicture((shown) => saveSvg(host, shown, title, theme)),
    },
    { text: 'Save Points as CSV…', onChoose: () => attempt(saveCsv()) },
    {
      text: 'Copy Image',
      disabled: noPicture,
      onChoose: withPicture((shown) => copyPicture(shown, title, theme)),
    },
    ...([1, 2, 3] as const).map((span, at) => ({
      text: span === 1 ? '1 Column Wide' : `${span} Columns Wide`,
      checked: size.span === span,
      disabled: span > columns && size.span !== span,
      startsGroup: at === 0,
      onChoose: () => props.onSize({ ...size, span }),
    })),
    ...heights.map((each, at) => ({
      text: each.text,
      checked: heightPx === each.heightPx,
      startsGroup: at === 0,
      onChoose: () => props.onSize({ ...size, heightPx: each.heightPx }),
    })),
    { text: 'Move Up', startsGroup: true, onChoose: () => props.onMove(-1) },
    { text: 'Move Down', onChoose: () => props.onMove(1) },
    { text: 'Remove', onChoose: props.onRemove },
  ];

  return (
    <section
      ref={root}
      class={`card ${isDragOver && isTarget ? 'drop-target' : ''}`}
      aria-label={`Chart of ${title}`}
      data-card={card.id}
      style={{ gridColumn: `span ${Math.min(size.span, columns)}` }}
      onDragOver={(event) => {
        if (!isTarget) return;
        event.preventDefault();
        setDragOver(true);
      }}
      onDragLeave={() => setDragOver(false)}
      onDrop={(event) => {
        if (!isTarget) return;
        event.preventDefault();
        setDragOver(false);
        drag.onDrop(card);
      }}
    >
      <header>
        <h3
          title={title}
          draggable
          onDragStart={(event) => {
            event.dataTransfer?.setData('text/plain', title);
            drag.onDrag(card);
          }}
          onDragEnd={() => drag.onDrag(undefined)}
        >
          {title}
        </h3>
        <Button
          look="icon"
          label={`Show ${title} as ${asTable ? 'chart' : 'table'}`}
          title={asTable ? 'Show as Chart' : 'Show as Table'}
          pressed={asTable}
          onClick={() => setAsTable(!asTable)}
        >
          <Icon name={asTable ? 'chart' : 'table'} />
        </Button>
        <MenuButton label={`Actions on ${title}`} items={items} />
      </header>
      <div
        class={`card-body ${problem === undefined ? '' : 'failed'}`}
        style={{ minHeight: `${heightPx}px` }}
      >
        <div role="alert">
          {problem !== undefined && (
            <p class="card-problem">
              <Icon name="failed" class="status-failed" />
              <span>It could not be read: {problem}</span>
              <Button onClick={retry}>Try Again</Button>
            </p>
          )}
        </div>
        {!isInView ? undefined : asTable ? (
          <kind.Table key={turn} spec={card.spec} context={context} onSpec={props.onSpec} />
        ) : (
          <kind.Body
            key={turn}
            spec={card.spec}
            context={context}
            title={title}
            heightPx={heightPx}
            onSpec={props.onSpec}
            onPicture={onPicture}
          />
        )}
      </div>
    </section>
  );
}
