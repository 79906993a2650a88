import type { ImagesSpec } from '../../../../src/core/chart/chartSpec';
import { csvText } from '../../../../src/core/format/csvText';
import type { CardEditorProps, CardKind, CardProps } from '../../cardContext';
import { PlotLoading } from '../../plot/plotState';
import { PlotTable } from '../../plot/plotTable';
import { TagSelect } from '../../plot/tagSelect';
import { maxMediaRuns, useMedia } from '../../plot/useMedia';
import { ImagesBody } from './imagesBody';

function ImagesEditor({ spec, context, onChange }: CardEditorProps<ImagesSpec>) {
  return (
    <div class="editor-fields">
      <span>Series</span>
      <TagSelect
        kind="image"
        value={spec.key}
        context={context}
        onChange={(key) => onChange({ ...spec, key })}
      />
    </div>
  );
}

/** All pictures with where they are, as what they show cannot be put into words. */
function ImagesTable({ spec, context }: CardProps<ImagesSpec>) {
  const media = useMedia('image', context);
  if (media === undefined) return <PlotLoading heightPx={160} />;
  const names = new Map(context.runs.map(({ runId, name }) => [runId, name]));
  return (
    <PlotTable
      label="Pictures that the runs logged"
      head={['Run', 'Series', 'Step', 'Where']}
      rows={media.flatMap(({ runId, items }) =>
        items
          .filter(({ tag }) => spec.key === '' || tag === spec.key)
          .map(({ id, tag, step, where }) => ({
            key: `${runId} ${id}`,
            name: names.get(runId) ?? runId,
            cells: [tag, step === undefined ? '' : String(step), where],
          })),
      )}
    />
  );
}

export const imagesKind: CardKind<'images'> = {
  kind: 'images',
  name: 'Images',
  description: 'Pictures that runs logged, by step, runs side by side.',
  titleOf: ({ key }) => (key === '' ? 'Images' : key),
  draft: ({ runs }) => (runs.length === 0 ? undefined : { kind: 'images', key: '' }),
  Body: ImagesBody,
  Table: ImagesTable,
  Editor: ImagesEditor,
  async csv({ key }, { host, runs }) {
    const media = await host.readMedia(
      'image',
      runs.slice(0, maxMediaRuns).map(({ runId }) => runId),
    );
    const rows = media.flatMap(({ runId, items }) =>
      items
        .filter(({ tag }) => key === '' || tag === key)
        .map(({ tag, step, where }) =>
          [csvText(runId), csvText(tag), step ?? '', csvText(where)].join(','),
        ),
    );
    return [['run_id,series,step,where', ...rows, ''].join('\n')];
  },
};
