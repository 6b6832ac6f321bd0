// What VS Code's server calls on @vscode/spdlog, without the compiled part. The log is dropped.
// Assigned one by one, so that Node sees the names when an ES module imports them.
class Logger {
  constructor(name, level = 2) { this.name = name; this.level = level; }
  getLevel() { return this.level; }
  setLevel(level) { this.level = level; }
  trace() {}
  debug() {}
  info() {}
  warn() {}
  error() {}
  critical() {}
  setPattern() {}
  clearFormatters() {}
  flush() {}
  drop() {}
}

exports.Logger = Logger;
exports.setLevel = () => {};
exports.setFlushOn = () => {};
exports.createRotatingLogger = async name => new Logger(name);
exports.createAsyncRotatingLogger = async name => new Logger(name);
