// Whatever a script starts ends with it: at its end, at Ctrl+C and at a failure.

/** @type {Set<() => void>} */
const pending = new Set();
let listening = false;

/**
 * Runs a synchronous function when the process ends, however it ends (short of SIGKILL).
 * @param {() => void} action
 * @returns {() => void} forgets the action
 */
export function atExit(action) {
  if (!listening) {
    listening = true;
    process.once('exit', runAll);
    for (const [signal, number] of /** @type {const} */ ([['SIGINT', 2], ['SIGTERM', 15], ['SIGHUP', 1]])) {
      process.on(signal, () => process.exit(128 + number));
    }
  }
  pending.add(action);
  return () => pending.delete(action);
}

function runAll() {
  for (const action of pending) {
    try { action(); } catch { /* the others must still run */ }
  }
  pending.clear();
}
