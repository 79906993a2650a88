import { printDate } from './printDate';
import { searchAttributes } from './searchAttribute';
import type { SearchField, SearchNode, SearchValue } from './searchNode';

/** The search as one would write it: `parseSearch` of it gives the same tree, but for the places. */
export function printSearch(node: SearchNode): string {
  switch (node.kind) {
    case 'and':
      return node.parts.map((part) => printIn(part, part.kind === 'or')).join(' AND ');
    case 'or':
      return node.parts.map((part) => printIn(part, false)).join(' OR ');
    case 'not':
      return `NOT ${printIn(node.part, node.part.kind === 'and' || node.part.kind === 'or')}`;
    case 'compare':
      return `${printField(node.field)} ${node.op} ${printValue(node.value)}`;
    case 'pattern': {
      const field = printField(node.field);
      if (node.syntax === 'regex') {
        return `${field} ${node.isNegated ? '!~' : '=~'} /${escapeSlashes(node.pattern)}/${node.flags}`;
      }
      const verb = node.syntax.toUpperCase();
      return `${field} ${node.isNegated ? 'NOT ' : ''}${verb} ${quoteText(node.pattern)}`;
    }
    case 'in': {
      const values = node.values.map(printValue).join(', ');
      return `${printField(node.field)} ${node.isNegated ? 'NOT ' : ''}IN (${values})`;
    }
    case 'between': {
      const ends = `${printValue(node.low)} AND ${printValue(node.high)}`;
      return `${printField(node.field)} ${node.isNegated ? 'NOT ' : ''}BETWEEN ${ends}`;
    }
    case 'has':
      return `${printField(node.field)} IS ${node.isNegated ? '' : 'NOT '}NULL`;
    case 'text':
      return printText(node.text);
    case 'flag':
      return node.flag;
  }
}

function printIn(node: SearchNode, needsParentheses: boolean): string {
  return needsParentheses ? `(${printSearch(node)})` : printSearch(node);
}

/** A field as it is written in a search. */
export function printField(field: SearchField): string {
  switch (field.kind) {
    case 'attribute':
      return field.name;
    case 'param':
      return `params.${quoteKey(field.key)}`;
    case 'tag':
      return `tags.${quoteKey(field.key)}`;
    case 'named':
      // With a dot it could be read as `metrics.x`.
      return field.key.includes('.') ? quote(field.key) : quoteKey(field.key);
    case 'metric': {
      const key = `metrics.${quoteKey(field.key)}`;
      return field.figure === 'last' ? key : `${field.figure}(${key})`;
    }
    case 'metricAt':
      return `at(metrics.${quoteKey(field.key)}, ${field.step})`;
    case 'metricMean':
      return `mean(metrics.${quoteKey(field.key)}, ${field.count})`;
    case 'dataset':
    case 'artifact':
      return `${field.kind}.${field.part}`;
  }
}

export function printValue(value: SearchValue): string {
  switch (value.kind) {
    case 'text':
      return quoteText(value.text);
    case 'number':
      return printNumber(value.number);
    case 'duration':
    case 'size':
      return `${value.amount}${value.unit}`;
    case 'date':
      return printDate(value.date);
  }
}

function printNumber(number: number): string {
  if (Number.isNaN(number)) return 'nan';
  if (Number.isFinite(number)) return String(number);
  return number > 0 ? 'inf' : '-inf';
}

/** As MLflow takes it too. */
export function quoteKey(key: string): string {
  return /^[a-z_][\w]*(\.[a-z_]\w*)*$/i.test(key) && !reserved.test(key) ? key : quote(key);
}

function quote(key: string): string {
  return `\`${key.replaceAll('`', '``')}\``;
}

const reserved = new RegExp(
  `^(and|or|not|in|is|like|ilike|null|between|starred|deleted|archived|${searchAttributes.join('|')})$`,
  'i',
);

export function quoteText(text: string): string {
  if (!text.includes("'")) return `'${text}'`;
  return text.includes('"') ? `'${text.replaceAll("'", "''")}'` : `"${text}"`;
}

/** A word where it is one, else a phrase. */
function printText(text: string): string {
  const isWord =
    /^(?!(?:attributes?|attr|run)\.)[\p{L}\p{N}_][\p{L}\p{N}_./:@+-]*$/iu.test(text) &&
    !reserved.test(text);
  return isWord ? text : `"${text.replaceAll('"', '""')}"`;
}

function escapeSlashes(pattern: string): string {
  return pattern.replaceAll(/\\[\s\S]|\//g, (part) => (part === '/' ? '\\/' : part));
}
