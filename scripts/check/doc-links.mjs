// Every relative link, anchor and path named in a Markdown page of the repository must exist.
// Paths in `code` are checked when they begin in a folder of the repository: `contracts/units.ts`, `server/kit/`.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { readPage } from './markdown.mjs';

/** Written or generated at run time, so absent from a fresh clone. */
const GENERATED = /^(dist|\.data|\.cache|\.tiles|node_modules)\//;

/** @param {string} root @returns {string[]} Markdown pages git knows or could know, relative to root */
export function listPages(root) {
  const output = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '*.md'], {
    cwd: root,
    encoding: 'utf8',
  });
  return output.split('\n').filter((file) => file !== '' && existsSync(path.join(root, file)));
}

/**
 * @param {string} root
 * @param {string[]} pages relative to root
 * @returns {string[]} complaints, `page:line what`
 */
export function checkPages(root, pages) {
  /** @type {Map<string, import('./markdown.mjs').Page>} */
  const read = new Map();
  const pageOf = (/** @type {string} */ file) => {
    const known = read.get(file) ?? readPage(readFileSync(path.join(root, file), 'utf8'));
    read.set(file, known);
    return known;
  };
  return pages.flatMap((file) => {
    const folder = path.dirname(file);
    const links = pageOf(file).links.flatMap(({ line, target }) => {
      const complaint = linkComplaint({ root, file, target, pageOf });
      return complaint ? [`${file}:${line} ${complaint}`] : [];
    });
    const paths = pageOf(file).paths.flatMap(({ line, path: named }) => {
      const first = named.split('/')[0] ?? '';
      const ours = !named.includes('/') || existsSync(path.join(root, first));
      if (!ours || GENERATED.test(named)) return [];
      const exists = [root, path.join(root, folder)].some((base) => existsSync(path.join(base, named)));
      return exists
        ? []
        : [`${file}:${line} names ${named}, which does not exist: correct the path or the page.`];
    });
    return [...links, ...paths];
  });
}

/**
 * @param {{root: string, file: string, target: string, pageOf: (file: string) => import('./markdown.mjs').Page}} link
 * @returns {string | null}
 */
function linkComplaint({ root, file, target, pageOf }) {
  if (/^[a-z][a-z0-9+.-]*:/i.test(target)) return null; // another place: not ours to check
  const [rawPath = '', anchor] = target.split('#');
  const named = decodeURIComponent(rawPath.split('?')[0] ?? '');
  const resolved =
    named === '' ? file : path.normalize(path.join(named.startsWith('/') ? '' : path.dirname(file), named));
  if (resolved.startsWith('..')) return `links out of the repository (${target}): link inside it.`;
  if (!existsSync(path.join(root, resolved)))
    return `links to ${target}, which does not exist: correct the link.`;
  if (!anchor || !resolved.endsWith('.md')) return null;
  if (pageOf(resolved).anchors.has(decodeURIComponent(anchor).toLowerCase())) return null;
  return `links to ${target}, but ${resolved} has no heading #${anchor}: correct the anchor.`;
}
