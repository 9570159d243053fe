// Runs npm on the Node of the machine, never on the pinned one that npm may be about to replace.
import path from 'node:path';
import { collect, stopTree } from './processes.mjs';

/** PATH without our own node_modules/.bin: npm must not run on the Node it is about to replace. @param {string} root */
export function outsidePath(root) {
  const own = path.join(root, 'node_modules');
  return (process.env.PATH ?? '')
    .split(path.delimiter)
    .filter((folder) => !folder.startsWith(own))
    .join(path.delimiter);
}

/**
 * @param {import('./install.mjs').Setup} setup
 * @param {string[]} args
 * @param {(line: string, stop: () => void) => void} [onLine] `stop` ends npm before its time
 */
export async function runNpm(setup, args, onLine) {
  const child = setup.family.start('npm', args, { cwd: setup.root, env: { PATH: outsidePath(setup.root) } });
  return collect(child, (line) => onLine?.(line, () => void stopTree(child)));
}
