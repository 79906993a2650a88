import { childrenOf, parsePython } from '../python/pythonSyntax';
import { collectStatement } from './collect/collectStatement';
import type { Effects } from './effects';
import { type Magic, readMagics } from './magics';
import { normalizedText } from './normalizedText';

/** A statement of a cell, or something that IPython adds to Python. */
export interface CodeUnit {
  /** What makes a difference to a run, without comments. */
  readonly text: string;
  readonly effects?: Effects;
  readonly magic?: Magic;
  /** A statement whose parts all run, unlike those of `if` or `for`. */
  readonly isSimple: boolean;
  /** It cannot raise: a number or text assigned, a function defined. */
  readonly isSafe: boolean;
}

/** What a cell does, in order. */
export interface CellCode {
  readonly units: readonly CodeUnit[];
  /** It shows how long it took. */
  readonly isTimed: boolean;
  readonly isEmpty: boolean;
}

const safeStatement = /^(?:FunctionDefinition|ScopeStatement|PassStatement)$/;
const compound =
  /^(?:If|For|While|Try|With|Match)Statement$|^(?:Function|Class)Definition$|^DecoratedStatement$/;

/** Reads what a cell does. Never fails; what is no Python is broken, and may do anything. */
export function readCellCode(source: string): CellCode {
  const parsed = parsePython(source);
  const magics = readMagics(source);
  const units: { readonly from: number; readonly unit: CodeUnit }[] = magics.units.map(
    ({ from, magic }) => ({
      from,
      unit: { text: magic.text, magic, isSimple: true, isSafe: magic.isHarmless },
    }),
  );
  const visit = (block: ReturnType<typeof childrenOf>): void => {
    for (const node of block) {
      if (node.name === 'Comment') continue;
      if (node.name === 'StatementGroup') {
        visit(childrenOf(node));
        continue;
      }
      const effects = collectStatement(node, parsed);
      units.push({
        from: node.from,
        unit: {
          text: normalizedText(node, parsed),
          effects,
          isSimple: !compound.test(node.name),
          isSafe:
            safeStatement.test(node.name) ||
            (node.name === 'AssignStatement' &&
              effects.binds.length > 0 &&
              effects.reads.size + effects.calls.length + effects.mutations.length === 0 &&
              effects.binds.every(({ isImmutable }) => isImmutable)),
        },
      });
    }
  };
  visit(childrenOf(parsed.tree.topNode));
  units.sort((a, b) => a.from - b.from);
  return {
    units: units.map(({ unit }) => unit),
    isTimed: magics.isTimed,
    isEmpty: units.length === 0,
  };
}
