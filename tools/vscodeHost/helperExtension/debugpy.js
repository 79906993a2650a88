const vscode = require('vscode');

/** The real debugpy of the Python that a configuration names, as the Python Debugger extension has it. */
exports.registerDebugpy = (context) => {
  context.subscriptions.push(
    vscode.debug.registerDebugAdapterDescriptorFactory('debugpy', {
      createDebugAdapterDescriptor: ({ configuration }) =>
        new vscode.DebugAdapterExecutable(configuration.python, ['-m', 'debugpy.adapter']),
    }),
  );
};
