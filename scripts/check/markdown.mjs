// Reads a Markdown page for what it points at: links with their anchors, headings, and paths in `code`.

/**
 * @typedef {object} Page
 * @property {Set<string>} anchors of its headings, as GitHub makes them
 * @property {{line: number, target: string}[]} links
 * @property {{line: number, path: string}[]} paths in backticks, outside code blocks
 */

/** @param {string} heading */
export function toAnchor(heading) {
  return heading
    .trim()
    .toLowerCase()
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/[`*]/g, '')
    .replace(/[^\p{L}\p{M}\p{N}\s_-]/gu, '')
    .replace(/\s/g, '-');
}

const LINK = /!?\[[^\]]*\]\(\s*<?([^)\s>]+)>?(?:\s+"[^"]*")?\s*\)/g;
const CODE = /`([^`]+)`/g;
/** A path: at least one slash and a file ending, or a trailing slash; no placeholder, no glob. */
const PATH = /^(?:[\w.@-]+\/)+(?:[\w.@-]+\.[a-z0-9]{1,5})?$/i;
const ROOT_PAGE = /^[A-Z][A-Za-z.-]+\.md$/;

/**
 * @param {string} text
 * @returns {Page}
 */
export function readPage(text) {
  /** @type {Page} */
  const page = { anchors: new Set(), links: [], paths: [] };
  let inBlock = false;
  text.split('\n').forEach((content, at) => {
    if (/^\s*(```|~~~)/.test(content)) inBlock = !inBlock;
    if (inBlock) return;
    const line = at + 1;
    const heading = /^#{1,6}\s+(.*?)\s*#*$/.exec(content)?.[1];
    if (heading !== undefined) addAnchor(page.anchors, toAnchor(heading));
    for (const [, id] of content.matchAll(/<a (?:id|name)="([^"]+)"/g)) if (id) page.anchors.add(id);
    const withoutCode = content.replace(CODE, '');
    for (const [, target] of withoutCode.matchAll(LINK)) if (target) page.links.push({ line, target });
    for (const [, code] of content.matchAll(CODE)) {
      if (code && (PATH.test(code) || ROOT_PAGE.test(code))) page.paths.push({ line, path: code });
    }
  });
  return page;
}

/** @param {Set<string>} anchors @param {string} anchor */
function addAnchor(anchors, anchor) {
  let unique = anchor;
  for (let n = 1; anchors.has(unique); n += 1) unique = `${anchor}-${n}`;
  anchors.add(unique);
}
