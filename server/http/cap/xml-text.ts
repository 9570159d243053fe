// XML as text: elements in the order they are given; what is no mark-up is escaped.

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Control characters, which XML 1.0 cannot hold at all, are left out. */
const plain = (text: string): string =>
  [...text.toWellFormed()]
    .filter((char) => char >= ' ' || char === '\n' || char === '\t')
    .map((char) => escapes[char] ?? char)
    .join('');

/** An element with a text; nothing for null. */
export const leaf = (name: string, text: string | number | null): string =>
  text === null ? '' : `<${name}>${plain(String(text))}</${name}>\n`;

/** An element with elements inside. */
export const branch = (name: string, inside: readonly string[], attributes: Attributes = {}): string =>
  `<${name}${attributesOf(attributes)}>\n${inside.join('')}</${name}>\n`;

/** An element with attributes alone. */
export const mark = (name: string, attributes: Attributes): string =>
  `<${name}${attributesOf(attributes)}/>\n`;

type Attributes = Readonly<Record<string, string>>;

const attributesOf = (attributes: Attributes): string =>
  Object.entries(attributes)
    .map(([name, value]) => ` ${name}="${plain(value)}"`)
    .join('');

export const xmlDocument = (root: string): string => `<?xml version="1.0" encoding="UTF-8"?>\n${root}`;
