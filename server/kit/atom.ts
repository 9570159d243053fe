// Atom 1.0 and RSS 2.0 indexes → entries. Extension elements stay reachable through `element`.
import type { Sink } from './feed.ts';
import { parseIsoTime } from './times.ts';
import type { XmlElement } from './xml.ts';
import { child, childrenNamed, parseXml, textOf, wholeTextOf } from './xml.ts';
import { unreadable } from './unreadable.ts';

export interface FeedEntry {
  readonly id: string;
  /** Changes when the entry changes. */
  readonly version: string;
  readonly updatedAt: number;
  readonly publishedAt: number;
  readonly title: string | null;
  /** Summary or content with mark-up taken out. */
  readonly text: string | null;
  /** The alternate link; prefers CAP and news pages over enclosures. */
  readonly link: string | null;
  readonly element: XmlElement;
}

const MOST_ENTRIES = 10_000;

/** A bad entry is rejected alone; a document that is neither Atom nor RSS is rejected whole. */
export function readEntries(bytes: Uint8Array, sink: Sink): FeedEntry[] {
  let root: XmlElement;
  try {
    root = parseXml(bytes);
  } catch (error) {
    unreadable(bytes);
    sink.reject('record/parse', error instanceof Error ? error.message.slice(0, 200) : String(error), bytes);
    return [];
  }
  const channel = root.name === 'rss' ? child(root, 'channel') : undefined;
  if (root.name !== 'feed' && !channel) {
    unreadable(bytes);
    sink.reject('record/shape', `root <${root.name.slice(0, 40)}> is neither Atom nor RSS`, bytes);
    return [];
  }
  const elements = channel ? childrenNamed(channel, 'item') : childrenNamed(root, 'entry');
  const entries: FeedEntry[] = [];
  for (const element of elements.slice(0, MOST_ENTRIES)) {
    const entry = channel ? rssEntry(element) : atomEntry(element);
    if (typeof entry === 'string') sink.reject('record/shape', entry, textOf(element, 'id') ?? '');
    else entries.push(entry);
  }
  return entries;
}

/** The entry, or what is wrong with it. */
function atomEntry(element: XmlElement): FeedEntry | string {
  const id = textOf(element, 'id');
  const updated = textOf(element, 'updated') ?? textOf(element, 'published');
  if (!id) return 'entry: no id';
  const updatedAt = updated ? parseIsoTime(updated) : NaN;
  if (Number.isNaN(updatedAt)) return `entry ${id.slice(0, 80)}: updated "${(updated ?? '').slice(0, 40)}"`;
  const published = textOf(element, 'published');
  const publishedAt = published ? parseIsoTime(published) : updatedAt;
  return {
    id: id.slice(0, 200),
    version: updated ?? '',
    updatedAt,
    publishedAt: Number.isNaN(publishedAt) ? updatedAt : publishedAt,
    title: textOf(element, 'title'),
    text: atomText(child(element, 'summary')) ?? atomText(child(element, 'content')),
    link: atomLink(element),
    element,
  };
}

/** RFC 4287 §3.1: text, HTML as text, or XHTML as elements. */
function atomText(construct: XmlElement | undefined): string | null {
  if (!construct) return null;
  const isXhtml = construct.attributes['type'] === 'xhtml';
  return plain((isXhtml ? wholeTextOf(construct).trim() : construct.text) || null);
}

function atomLink(element: XmlElement): string | null {
  const links = childrenNamed(element, 'link').filter(
    (link) => (link.attributes['rel'] ?? 'alternate') === 'alternate',
  );
  const cap = links.find((link) => link.attributes['type'] === 'application/cap+xml');
  return (cap ?? links[0])?.attributes['href'] ?? null;
}

function rssEntry(element: XmlElement): FeedEntry | string {
  const link = textOf(element, 'link');
  const id = textOf(element, 'guid') ?? link;
  if (!id) return 'item: neither guid nor link';
  const date = textOf(element, 'pubDate') ?? textOf(element, 'date') ?? '';
  // RFC 822 dates carry their zone; the platform reads exactly these.
  const at = /^\d{4}-/.test(date) ? parseIsoTime(date) : Date.parse(date);
  if (Number.isNaN(at)) return `item ${id.slice(0, 80)}: pubDate "${date.slice(0, 40)}"`;
  return {
    id: id.slice(0, 200),
    version: date,
    updatedAt: at,
    publishedAt: at,
    title: textOf(element, 'title'),
    text: plain(textOf(element, 'description')),
    link,
    element,
  };
}

function plain(text: string | null): string | null {
  return text === null ? null : text.replace(/<[^>]{0,500}>/g, '').trim();
}
