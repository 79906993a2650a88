/**
 * Every id that package.json and the code must agree on, written once. A test holds the manifest
 * to this file, both ways.
 */
export const commandIds = {
  showRunTable: 'epochlog.showRunTable',
  openRun: 'epochlog.openRun',
  showCharts: 'epochlog.showCharts',
  showLeaderboard: 'epochlog.showLeaderboard',
  compareRuns: 'epochlog.compareRuns',
  archiveRuns: 'epochlog.archiveRuns',
  unarchiveRuns: 'epochlog.unarchiveRuns',
  restoreRuns: 'epochlog.restoreRuns',
  moveRuns: 'epochlog.moveRuns',
  setBaseline: 'epochlog.setBaseline',
  removeBaseline: 'epochlog.removeBaseline',
  compareWithPrevious: 'epochlog.compareWithPrevious',
  compareWithBaseline: 'epochlog.compareWithBaseline',
  tag: 'epochlog.tag',
  toggleStar: 'epochlog.toggleStar',
  rename: 'epochlog.rename',
  editNote: 'epochlog.editNote',
  delete: 'epochlog.delete',
  undoDelete: 'epochlog.undoDelete',
  deleteForGood: 'epochlog.deleteForGood',
  cleanUpStore: 'epochlog.cleanUpStore',
  exportRecord: 'epochlog.exportRecord',
  attachLogFile: 'epochlog.attachLogFile',
  stopFollowing: 'epochlog.stopFollowing',
  openLog: 'epochlog.openLog',
  teachMetric: 'epochlog.teachMetric',
  reread: 'epochlog.reread',
  rereadScript: 'epochlog.rereadScript',
  openSource: 'epochlog.openSource',
  openRunFile: 'epochlog.openRunFile',
  runAgain: 'epochlog.runAgain',
  runWithEpochlog: 'epochlog.runWithEpochlog',
  stopRun: 'epochlog.stopRun',
  runAgainWith: 'epochlog.runAgainWith',
  showHistory: 'epochlog.showHistory',
  lensActions: 'epochlog.lensActions',
  diffWithPrevious: 'epochlog.diffWithPrevious',
  diffWithCurrent: 'epochlog.diffWithCurrent',
  diffCheckpoints: 'epochlog.diffCheckpoints',
  compareNotebookWith: 'epochlog.compareNotebookWith',
  compareSelectedNotebooks: 'epochlog.compareSelectedNotebooks',
  compareRunNotebooks: 'epochlog.compareRunNotebooks',
  openCheckpoint: 'epochlog.openCheckpoint',
  showReproducibility: 'epochlog.showReproducibility',
  restoreCheckpoint: 'epochlog.restoreCheckpoint',
  showCellHistory: 'epochlog.showCellHistory',
  restoreAsCopy: 'epochlog.restoreAsCopy',
  importNotebookHistory: 'epochlog.importNotebookHistory',
  showTimeline: 'epochlog.showTimeline',
  searchHistory: 'epochlog.searchHistory',
  filterRuns: 'epochlog.filterRuns',
  clearRunFilter: 'epochlog.clearRunFilter',
  openView: 'epochlog.openView',
  openViewFile: 'epochlog.openViewFile',
  pauseRecording: 'epochlog.pauseRecording',
  resumeRecording: 'epochlog.resumeRecording',
  showExtensionLog: 'epochlog.showExtensionLog',
  openWalkthrough: 'epochlog.openWalkthrough',
} as const;
export type CommandId = (typeof commandIds)[keyof typeof commandIds];

export const viewIds = { runs: 'epochlog.runs', notebooks: 'epochlog.notebooks' } as const;

export const settingIds = {
  excludePaths: 'epochlog.recording.excludePaths',
  excludeCommands: 'epochlog.recording.excludeCommands',
  includeCommands: 'epochlog.recording.includeCommands',
  metricPatterns: 'epochlog.metrics.patterns',
  metricDirection: 'epochlog.metrics.direction',
  tellSame: 'epochlog.runs.tellSame',
  codeLens: 'epochlog.codeLens.enabled',
  tellStale: 'epochlog.notebooks.tellStale',
  storeLocation: 'epochlog.store.location',
  maxLogMB: 'epochlog.store.maxLogMB',
  maxOutputMB: 'epochlog.store.maxOutputMB',
  maxTotalGB: 'epochlog.store.maxTotalGB',
  maxOutputsGB: 'epochlog.store.maxOutputsGB',
  sampleSeconds: 'epochlog.system.sampleSeconds',
  pricePerHour: 'epochlog.cost.pricePerHour',
  pricePerGpuHour: 'epochlog.cost.pricePerGpuHour',
  currency: 'epochlog.cost.currency',
} as const;

export const contextKeyIds = {
  paused: 'epochlog.paused',
  canUndoDelete: 'epochlog.canUndoDelete',
  runsFiltered: 'epochlog.runsFiltered',
  followsLogFile: 'epochlog.followsLogFile',
  hasRuns: 'epochlog.hasRuns',
} as const;

/** What VS Code shows under *Get Started*. */
export const walkthroughIds = { start: 'start' } as const;

/** What `tasks.json` calls them. */
export const taskTypes = { launch: 'epochlog' } as const;

/** Panel types, which VS Code restores after a reload. */
export const pageIds = {
  runTable: 'epochlog.runTable',
  runPage: 'epochlog.runPage',
  charts: 'epochlog.charts',
  compare: 'epochlog.compare',
  leaderboard: 'epochlog.leaderboard',
  notebookDiff: 'epochlog.notebookDiff',
  teach: 'epochlog.teach',
  trust: 'epochlog.trust',
  cellHistory: 'epochlog.cellHistory',
  timeline: 'epochlog.timeline',
} as const;

export const schemes = {
  checkpoint: 'epochlog-checkpoint',
  log: 'epochlog-log',
  revision: 'epochlog-revision',
  kept: 'epochlog-kept',
} as const;
