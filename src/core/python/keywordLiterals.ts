import type { SyntaxNode } from '@lezer/common';
import { isRecordCall, type LiteralAssignment, toLiterals } from './literalEntries';
import { argumentsOf, namesOf, type PythonSource, visitNodes } from './pythonSyntax';

export interface KeywordLiteral extends LiteralAssignment {
  /** What the argument is given to: `MLPClassifier`, `fit`. */
  readonly callee: string;
}

/** Building blocks: their arguments describe one layer of many, so that no key would be right. */
const isLayer =
  /^(?:Dense|Dropout|Embedding|Flatten|Input\w*|Linear|Activation|ReLU|(?:Max|Average|Avg|Global)\w*Pool\w*|\w*Norm\w*|Conv\w*|\w*LSTM\w*|\w*GRU\w*)$/;

/** Arguments that change how a training is run or shown, not what it gives. */
const withoutEffect: ReadonlySet<string> = new Set(['n_jobs', 'verbose']);

/**
 * Literal keyword arguments: of the call itself (`call`), and of every object that is made within
 * the expression, such as the steps of a pipeline.
 */
export function collectKeywordLiterals(
  expression: SyntaxNode,
  source: PythonSource,
  of: 'call' | 'constructors',
): KeywordLiteral[] {
  const found: KeywordLiteral[] = [];
  visitNodes(expression, (at) => {
    if (at.name === 'LambdaExpression') return false;
    if (at.name !== 'CallExpression') return true;
    const { node } = at;
    const callee = namesOf(node, source).at(-1) ?? '';
    if (isLayer.test(callee)) return false;
    const makesObject = /^(?:[A-Z]|make_)/.test(callee) && !isRecordCall(node, source);
    if (
      makesObject ||
      (of === 'call' && node.from === expression.from && node.to === expression.to)
    ) {
      for (const { name, value } of argumentsOf(node, source).keywords) {
        if (withoutEffect.has(name)) continue;
        for (const literal of toLiterals(name, value, source)) found.push({ ...literal, callee });
      }
    }
    return true;
  });
  return found;
}
