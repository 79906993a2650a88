import type { NotebookDiffSummary } from '../diffNotebooks';
import type { MetadataChange } from '../metadataDiff';
import type { CellDetail } from './cellDetail';

/** A diff without its details, which are asked for cell by cell under its id. */
export type OpenedDiff =
  | {
      readonly kind: 'cells';
      readonly diffId: number;
      /** JSON of `readonly DiffRow[]`: as a text it crosses to the page without being walked. */
      readonly rows: string;
      readonly summary: NotebookDiffSummary;
      readonly headerChanges: readonly MetadataChange[];
      readonly coarse: boolean;
      /** Language of the code cells, such as `python`. */
      readonly language: string;
    }
  /** One side is no readable notebook: both are shown as text. */
  | {
      readonly kind: 'texts';
      readonly diffId: number;
      /** Names the side that is no notebook, and why. */
      readonly reason: string;
      readonly detail: CellDetail;
    };
