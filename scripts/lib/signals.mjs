const stopSignals = ['SIGINT', 'SIGTERM']
const repeatMs = 1_000
const parentPollMs = 400
const exitCodeOfInterrupt = 130

/**
 * Lets the first request to stop through, once. A terminal sends Ctrl-C to every process in the foreground, and npm
 * passes its own copy on as well, so under `npm start` the same Ctrl-C arrives twice. A later Ctrl-C is a person who does
 * not want to wait: it ends the process at once.
 *
 * Call it before anything listens for signals: Node binds `process.emit` when the first listener is added.
 */
export function deliverSignalsOnce() {
  const emit = process.emit
  let firstMs
  process.emit = function (name, ...rest) {
    if (!stopSignals.includes(name)) return emit.call(this, name, ...rest)
    if (firstMs === undefined) {
      firstMs = Date.now()
      // Without a listener the system's default would end the process at the copy, if the server listens only once.
      for (const signal of stopSignals) process.on(signal, () => {})
      return emit.call(this, name, ...rest)
    }
    if (name === 'SIGINT' && Date.now() - firstMs > repeatMs) process.exit(exitCodeOfInterrupt)
    return true
  }
}

/**
 * Under `npm start` a shell stands between npm and us, and on SIGTERM npm ends only that shell. When our parent is gone
 * we take it as the SIGTERM that was meant for us.
 */
export function stopWithParent() {
  const { ppid } = process
  if (!process.env.npm_lifecycle_event || process.platform === 'win32') return
  const poll = setInterval(() => {
    if (process.ppid === ppid) return
    clearInterval(poll)
    process.kill(process.pid, 'SIGTERM')
  }, parentPollMs)
  poll.unref()
}
