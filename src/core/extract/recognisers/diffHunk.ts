import { codeAt } from '../charKinds';
import type { Finding, Recogniser } from '../finding';

// `@@ -10,7 +10,7 @@ def main():`, the head of a hunk in a unified diff.
const HEAD = /^@@ -\d+(?:,\d+)? \+\d+(?:,\d+)? @@/;
const NOTHING: Finding = { readings: [] };

/** The lines of a diff are source: `+    lr = 0.01` sets nothing, and `-print('loss: 0.5')` reports nothing. */
export function createDiffHunkRecogniser(): Recogniser {
  let isOpen = false;

  return {
    name: 'diff-hunk',
    needs: 0,
    isOpen: () => isOpen,
    recognise(line): Finding | undefined {
      if (!isOpen && codeAt(line, 0) !== AT) return undefined;
      isOpen = HEAD.test(line) || (isOpen && ' +-\\'.includes(line.charAt(0)) && line !== '');
      return isOpen ? NOTHING : undefined;
    },
  };
}

const AT = 0x40;
