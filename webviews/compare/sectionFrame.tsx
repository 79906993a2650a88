import type { ComponentChildren } from 'preact';
import { type SectionId, sectionTitles } from '../../src/core/compare/comparedRow';
import { Button, ProgressRing } from '../shared/controls';
import { Icon } from '../shared/icon';
import type { Section } from '../shared/useSection';

interface SectionFrameProps {
  readonly id: SectionId;
  /** `2 of 12 differ`. */
  readonly note: string;
  /** Where it is read by itself. */
  readonly reading?: Pick<Section<unknown>, 'data' | 'isLoading' | 'problem' | 'retry'>;
  readonly children: ComponentChildren;
}

/** A section with its state: what is read, what went wrong, what there is. */
export function SectionFrame({ id, note, reading, children }: SectionFrameProps) {
  const title = sectionTitles[id];
  const isFirst = reading !== undefined && reading.data === undefined;
  return (
    <section
      class="section"
      aria-labelledby={`section-${id}`}
      aria-busy={reading?.isLoading ?? false}
    >
      <div class="section-head">
        <h2 id={`section-${id}`}>{title}</h2>
        {reading?.isLoading && isFirst ? (
          <span class="reading">
            <ProgressRing label={`Reading: ${title}`} />
          </span>
        ) : (
          <span class="muted">{note}</span>
        )}
      </div>
      {reading?.problem !== undefined && (
        <p class="section-problem" role="alert">
          <Icon name="interrupted" />
          <span>{reading.problem}</span>
          <Button onClick={reading.retry}>Try Again</Button>
        </p>
      )}
      {!isFirst && children}
    </section>
  );
}
