// First thing every command does. Only syntax and built-ins that old Node versions can load, too.

const OLDEST_NODE_MAJOR = 20;

/**
 * @param {string} version like `20.11.1`
 * @returns {string | null} the sentence to refuse with, null when the version will do
 */
export function nodeComplaint(version) {
  const major = Number(version.split('.')[0]);
  if (major >= OLDEST_NODE_MAJOR) return null;
  return `Node ${version} is too old: this command needs Node ${OLDEST_NODE_MAJOR} or newer to begin with (it then installs the Node it runs on). Get one from https://nodejs.org and try again.`;
}

/** Ends the process with code 3 and one sentence when Node is too old, and with code 1 on Windows. */
export function requireNode() {
  const complaint = nodeComplaint(process.versions.node);
  if (complaint) {
    process.stderr.write(`${complaint}\n`);
    process.exit(3);
  }
  if (process.platform === 'win32') {
    process.stderr.write('Windows itself is not supported: run this inside WSL, on Linux or on macOS.\n');
    process.exit(1);
  }
}
