// The real one ends the extension host when its parent process is gone.
// Here the same without compiled code: a look each second.
exports.start = parentId => {
  setInterval(() => {
    try { process.kill(parentId, 0); } catch { process.exit(87); }
  }, 1000).unref();
};
