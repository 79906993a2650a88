import { parsePython } from '../python/pythonSyntax';
import {
  collectScopes,
  isTrainingFunction,
  trainsDirectly,
  worthParsing,
} from '../python/trainingScopes';

export interface CellTraining {
  /** The calls that train, by the names of their callee (`model.fit`), in order, each once. */
  readonly calls: readonly string[];
  readonly isTraining: boolean;
}

/**
 * Whether running this cell trains a model, as far as its source tells. Code that the cell only
 * defines does not count, unless the cell calls it too. Magics are understood.
 */
export function detectTraining(source: string): CellTraining {
  if (!worthParsing.test(source)) return { calls: [], isTraining: false };
  const scopes = collectScopes(parsePython(source));
  const found = scopes.module.calls.filter(
    (call) =>
      trainsDirectly(call, scopes) ||
      (call.local !== undefined && isTrainingFunction(call.local, scopes, call.isInLoop)),
  );
  const calls = [...new Set(found.map(({ callee }) => callee))];
  return { calls, isTraining: calls.length > 0 };
}
