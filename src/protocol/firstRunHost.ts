/** What a page asks for that has nothing to show yet. */
export interface FirstRunHost {
  openTerminal(): Promise<void>;
  openWalkthrough(): Promise<void>;
}
