import { z } from 'zod';
import { opinionPost } from '../../../contracts/layers/opinion-post.ts';
import type { FeedEntry } from '../../kit/atom.ts';
import { readEntries } from '../../kit/atom.ts';
import type { Sink } from '../../kit/feed.ts';
import type { XmlElement } from '../../kit/xml.ts';
import { childrenNamed, textOf } from '../../kit/xml.ts';

const platforms = z.enum(['weibo', 'wechat', 'douyin', 'toutiao', 'forum', 'news']);

/** Categories of this scheme name the platform; the first other category is the topic. */
const PLATFORM_SCHEME = 'platform';

/** Atom or RSS index of public posts (docs/upstreams.md) → `opinion-post`. Authors are never read. */
export function parseOpinionAtom(bytes: Uint8Array, sink: Sink): void {
  for (const entry of readEntries(bytes, sink)) putPost(entry, sink);
}

function putPost(entry: FeedEntry, sink: Sink): void {
  const { element } = entry;
  const categories = childrenNamed(element, 'category');
  const platformTerm = categories.find((category) => category.attributes['scheme'] === PLATFORM_SCHEME);
  const topic = categories.find((category) => category !== platformTerm);
  const platform = platforms.safeParse(platformTerm?.attributes['term'] ?? 'news');
  if (!platform.success) {
    return sink.reject(
      'record/enum',
      `platform "${(platformTerm?.attributes['term'] ?? '').slice(0, 40)}"`,
      entry.id,
    );
  }
  if (childrenNamed(element, 'author').length > 0) sink.ignore('entry.author');
  sink.put(opinionPost, {
    id: entry.id,
    validAt: entry.updatedAt,
    regionCode: regionOf(element),
    values: {
      position: pointOf(element),
      title: clip(entry.title, 200),
      platform: platform.data,
      topicId: clip(topic?.attributes['term'] ?? (topic?.text || null), 60),
      sentiment: numberOf(element, 'sentiment'),
      reads: numberOf(element, 'reads'),
      interactions: numberOf(element, 'interactions'),
      publishedAt: entry.publishedAt,
      text: clip(entry.text, 8000),
    },
  });
}

function regionOf(element: XmlElement): string | undefined {
  const code = textOf(element, 'regionCode');
  return code !== null && /^\d{6,12}$/.test(code) ? code : undefined;
}

/** georss:point is "lat lon". */
function pointOf(element: XmlElement): readonly [number, number] | null {
  const [lat = NaN, lon = NaN] = (textOf(element, 'point') ?? '')
    .split(/\s+/)
    .map((part) => (part === '' ? NaN : Number(part)));
  return Math.abs(lat) <= 90 && Math.abs(lon) <= 180 ? [lon, lat] : null;
}

function numberOf(element: XmlElement, name: string): number | null {
  const text = textOf(element, name);
  const value = text === null ? NaN : Number(text);
  return Number.isFinite(value) ? value : null;
}

function clip(text: string | null, max: number): string | null {
  return text === null ? null : text.slice(0, max);
}
