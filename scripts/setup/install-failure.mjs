// Turns what npm printed into the one sentence that says whose fault it was and what to do.
import { Refusal } from './refusal.mjs';

/** First match wins; the disk comes first because a full disk shows up as many other errors, too. */
const causes = [
  {
    pattern: /ENOSPC|no space left/i,
    kind: /** @type {const} */ ('disk'),
    sentence: 'Installing packages failed because the disk is full: free about 1.5 GB and start again.',
  },
  {
    pattern: /EACCES|EPERM|EROFS/,
    kind: /** @type {const} */ ('permission'),
    sentence:
      'Installing packages failed because this user may not write in node_modules or in the npm cache: fix the owner of both and start again.',
  },
  {
    pattern:
      /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ERR_SOCKET_TIMEOUT|network timeout/,
    kind: /** @type {const} */ ('install'),
    sentence:
      "Installing packages failed because the package registry cannot be reached: check the network (or npm's proxy and registry settings) and start again.",
  },
  {
    pattern: /\bE(401|403|404|5\d\d)\b|EINTEGRITY|CERT_|SELF_SIGNED/,
    kind: /** @type {const} */ ('install'),
    sentence:
      "Installing packages failed because the package registry did not hand out a package as locked: check npm's registry setting and start again.",
  },
  {
    pattern: /can only install packages when your package\.json and package-lock\.json/,
    kind: /** @type {const} */ ('install'),
    sentence:
      'Installing packages failed because package.json and package-lock.json do not agree: run npm install and commit both.',
  },
  {
    pattern: /spawn npm ENOENT/,
    kind: /** @type {const} */ ('install'),
    sentence:
      'Installing packages failed because npm is not in the path: install Node 20 or newer together with npm.',
  },
];

/** So many packages asked for in vain, and nobody answered once: there is no network. npm would go on for a quarter of an hour. */
const HOPELESS = 20;

/**
 * Watches what npm says of its requests (`--loglevel=http`).
 * @returns {(line: string) => boolean} whether it is hopeless by now
 */
export function createNetworkWatch() {
  let failures = 0;
  let answers = 0;
  return (line) => {
    if (/^npm http fetch \w+ \d{3} /.test(line)) answers += 1;
    else if (/^npm http fetch .* attempt \d+ failed with /.test(line)) failures += 1;
    return answers === 0 && failures >= HOPELESS;
  };
}

/** What npm says in the end, without its requests: those it made again in vain explain nothing. @param {string} output */
export function withoutRequests(output) {
  return output.replace(/^npm http .*\n?/gm, '');
}

/**
 * @param {string} output what npm printed
 * @param {string} logFile where the whole of it is kept
 */
export function explainInstallFailure(output, logFile) {
  const cause = causes.find(({ pattern }) => pattern.test(output));
  if (cause) return new Refusal(cause.kind, `${cause.sentence} Details: ${logFile}`);
  const reason =
    output.split('\n').find((line) => /npm (error|ERR!)/.test(line)) ?? output.trim().slice(-200);
  return new Refusal(
    'install',
    `Installing packages failed (${reason.trim() || 'npm said nothing'}). Details: ${logFile}`,
  );
}
