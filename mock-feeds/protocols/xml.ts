// XML text. Only what the feeds here write: elements in order, escaped text and attributes.

export const escapeXml = (text: string): string =>
  text
    // Characters XML 1.0 cannot carry at all.
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');

type Content = string | number | readonly string[] | null | undefined;

/** One element; null and undefined content give nothing at all. Content given as a list is XML already. */
export function element(
  name: string,
  content: Content,
  attributes: Readonly<Record<string, string>> = {},
): string {
  if (content === null || content === undefined) return '';
  const pairs = Object.entries(attributes)
    .map(([key, value]) => ` ${key}="${escapeXml(value)}"`)
    .join('');
  const inner = Array.isArray(content) ? content.join('') : escapeXml(String(content));
  return inner === '' ? `<${name}${pairs}/>` : `<${name}${pairs}>${inner}</${name}>`;
}

export const xmlDocument = (root: string): Buffer =>
  Buffer.from(`<?xml version="1.0" encoding="UTF-8"?>\n${root}\n`);
