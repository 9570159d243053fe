import { z } from 'zod';
import { opinionPost } from '../../../contracts/layers/opinion-post.ts';
import type { Sink } from '../../kit/feed.ts';
import { rawOf, readItem, readJson } from '../../kit/json-body.ts';
import { createLineSplitter } from '../../kit/json-lines.ts';
import type { LineHandler } from '../../kit/json-lines.ts';
import { compileShape } from '../../kit/shape.ts';
import { parseIsoTime } from '../../kit/times.ts';
import { clip } from '../../kit/values.ts';

/** Longest line: 8,000 characters of text and the rest. */
export const MAX_LINE = 64 * 1024;

const shape = compileShape(
  z.object({
    itemId: z.string().min(1).max(120),
    platform: z.enum(['weibo', 'wechat', 'douyin', 'toutiao', 'forum', 'news']),
    publishedAt: z.string(),
    topicId: z.string().nullish(),
    title: z.string().nullish(),
    text: z.string().nullish(),
    sentiment: z.number().nullish(),
    reads: z.int().nullish(),
    interactions: z.int().nullish(),
    regionCode: z.string().max(20).nullish(),
    lon: z.number().nullish(),
    lat: z.number().nullish(),
    synthetic: z.boolean().nullish(),
  }),
);

/**
 * One line (docs/upstreams.md "stream") → `opinion-post`, and its itemId for the cursor or null. Counts are valid at
 * the moment they are told: a later line with the same itemId is a newer count.
 */
export function parsePost(line: Uint8Array, sink: Sink, receivedAt: number): string | null {
  const body = readJson(line, sink);
  if (body === undefined) return null;
  let itemId: string | null = null;
  readItem(body, { sink, shape }, (post) => {
    const publishedAt = parseIsoTime(post.publishedAt);
    if (Number.isNaN(publishedAt)) {
      return sink.reject('record/time', `publishedAt "${post.publishedAt.slice(0, 60)}"`, rawOf(post));
    }
    itemId = post.itemId;
    const { lon, lat } = post;
    sink.put(opinionPost, {
      id: post.itemId,
      validAt: receivedAt,
      regionCode: post.regionCode ?? undefined,
      synthetic: post.synthetic ?? undefined,
      values: {
        position: typeof lon === 'number' && typeof lat === 'number' ? [lon, lat] : null,
        title: clip(post.title, 200),
        platform: post.platform,
        topicId: clip(post.topicId, 60),
        sentiment: post.sentiment ?? null,
        reads: post.reads ?? null,
        interactions: post.interactions ?? null,
        publishedAt,
        text: clip(post.text, 8000),
      },
    });
  });
  return itemId;
}

/** Lines → posts; `onItem` hears of each itemId that was read. */
export function createPostReader(
  sink: Sink,
  now: () => number,
  onItem: (itemId: string) => void,
): LineHandler {
  return {
    line: (bytes) => {
      const itemId = parsePost(bytes, sink, now());
      if (itemId !== null) onItem(itemId);
    },
    tooLong: (start) => sink.reject('record/too-large', `a line of more than ${MAX_LINE} bytes`, start),
  };
}

/** A recorded piece of the stream, as bytes. */
export function parsePosts(bytes: Uint8Array, sink: Sink, receivedAt: number): void {
  const splitter = createLineSplitter(
    MAX_LINE,
    createPostReader(
      sink,
      () => receivedAt,
      () => {},
    ),
  );
  splitter.push(bytes);
  splitter.push(Buffer.from('\n'));
}
