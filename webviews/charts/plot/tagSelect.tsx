import type { CardContext } from '../cardContext';
import { Select } from './fieldSelect';
import { useMedia, useTags } from './useMedia';

interface TagSelectProps {
  readonly kind: 'image' | 'matrix';
  readonly value: string;
  readonly context: CardContext;
  readonly onChange: (tag: string) => void;
}

/** Which of the series that the runs logged. */
export function TagSelect({ kind, value, context, onChange }: TagSelectProps) {
  const tags = useTags(useMedia(kind, context));
  const all = value === '' || tags.includes(value) ? tags : [value, ...tags];
  return (
    <Select
      label="Series"
      value={value}
      options={[
        { value: '', text: 'Automatic: what most runs have' },
        ...all.map((tag) => ({ value: tag, text: tag })),
      ]}
      onChange={onChange}
    />
  );
}
