// Never shipped: what tests, `npm start` and the suites need inside a real VS Code.
const { registerDebugpy } = require('./debugpy');
const { registerKernel } = require('./kernel');
const { startRpcServer } = require('./rpcServer');
const { runSuite } = require('./suiteRunner');

exports.activate = (context) => {
  registerDebugpy(context);
  registerKernel(context);
  const { EPOCHLOG_TEST_TOKEN, EPOCHLOG_TEST_PORT_FILE } = process.env;
  const { EPOCHLOG_TEST_SUITE, EPOCHLOG_TEST_OUT } = process.env;
  if (EPOCHLOG_TEST_TOKEN && EPOCHLOG_TEST_PORT_FILE) {
    startRpcServer(context, EPOCHLOG_TEST_TOKEN, EPOCHLOG_TEST_PORT_FILE);
  }
  if (EPOCHLOG_TEST_SUITE && EPOCHLOG_TEST_OUT)
    void runSuite(EPOCHLOG_TEST_SUITE, EPOCHLOG_TEST_OUT);
};
