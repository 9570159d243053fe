// One hash over the contents of files and folders: equal means nothing that matters has changed.
import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';

/**
 * @param {string} root
 * @param {string} relative
 * @returns {Promise<string[]>} files under it, relative to root, with `/`; none when it does not exist
 */
async function filesUnder(root, relative) {
  const absolute = path.join(root, relative);
  const found = await stat(absolute).catch(() => null);
  if (!found) return [];
  if (!found.isDirectory()) return [relative];
  const names = await readdir(absolute);
  const nested = await Promise.all(names.map((name) => filesUnder(root, `${relative}/${name}`)));
  return nested.flat();
}

/**
 * @param {string} root
 * @param {string[]} entries files and folders relative to root; missing ones count as empty
 * @param {(file: string) => boolean} [matters] false leaves a file out
 * @returns {Promise<string>} hex SHA-256
 */
export async function fingerprint(root, entries, matters = () => true) {
  const files = (await Promise.all(entries.map((entry) => filesUnder(root, entry)))).flat().filter(matters);
  files.sort();
  const hash = createHash('sha256');
  for (const file of files) {
    const content = await readFile(path.join(root, file));
    hash.update(`${file}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
}

/** Whether a file changes what is built: tests, benches and notes do not. @param {string} file */
export function isProductFile(file) {
  return !/\.(test|bench|fixture)\.ts$|\.md$/.test(file);
}
