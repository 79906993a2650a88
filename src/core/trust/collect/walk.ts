/** How compound statements walk what they contain: handed to them by the walk of statements. */

import type { SyntaxNode } from '@lezer/common';
import type { CodeScope } from './codeScope';

/** @param isMaybe whether what is walked may not run, or not to its end. */
export type Walk = (scope: CodeScope, node: SyntaxNode, isMaybe: boolean) => void;
