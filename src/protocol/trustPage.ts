import type { TrustReport } from '../core/trust/judge';

/** How cells are called: the first line of each that is worth showing. */
export interface CellLabel {
  readonly cellIndex: number;
  readonly text: string;
  readonly executionCount?: number;
}

export interface NotebookTrust {
  /** The notebook's name, without its folder. */
  readonly name: string;
  /** Undefined if the notebook is not open any more. */
  readonly report?: TrustReport;
  readonly labels: readonly CellLabel[];
  /** Whether the kernel can be restarted before all cells run; else they only run. */
  readonly canRestart: boolean;
}

/** What the page "Can This Be Reproduced Top to Bottom?" may ask of the host. */
export interface TrustHost {
  readTrust(): Promise<NotebookTrust>;
  revealCell(cellIndex: number): Promise<void>;
  /** Asks VS Code, or the Jupyter extension, to run all cells. */
  runAll(): Promise<void>;
  openNotebook(): Promise<void>;
}

/** What the host may tell it. */
export interface TrustPage {
  trustChanged(): void;
}

export interface TrustState {
  /** The notebook's URI. */
  readonly notebook: string;
  /** Shows cells that are fresh, too. */
  readonly showsAll: boolean;
}
