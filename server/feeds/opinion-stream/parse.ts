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
    /** Number of the line, where the source counts them: the better cursor. */
    id: z.union([z.int(), z.string().max(120), z.null()]).optional(),
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
    check: z.enum(['none', 'open', 'true', 'false', 'partly']).nullish(),
    synthetic: z.boolean().nullish(),
  }),
);

/**
 * One line (docs/upstreams.md "stream") → `opinion-post`, and the cursor after it or null. Counts are valid at
 * the moment they are told: a later line with the same itemId is a newer count.
 */
export function parsePost(line: string, sink: Sink, receivedAt: number): string | null {
  const body = readJson(line, sink);
  if (body === undefined) return null;
  let cursor: string | null = null;
  readItem(body, { sink, shape }, (post) => {
    const publishedAt = parseIsoTime(post.publishedAt);
    if (Number.isNaN(publishedAt)) {
      return sink.reject('record/time', `publishedAt "${post.publishedAt.slice(0, 60)}"`, rawOf(post));
    }
    cursor = String(post.id ?? post.itemId);
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
        check: post.check ?? null,
        text: clip(post.text, 8000),
      },
    });
  });
  return cursor;
}

/** Lines → posts; `onCursor` hears of the place after each line that was read. */
export function createPostReader(
  sink: Sink,
  now: () => number,
  onCursor: (cursor: string) => void,
): LineHandler {
  return {
    line: (text) => {
      const cursor = parsePost(text, sink, now());
      if (cursor !== null) onCursor(cursor);
    },
    tooLong: (start) => sink.reject('record/too-large', `a line of more than ${MAX_LINE} bytes`, start),
    notText: (bytes) => sink.reject('record/parse', 'a line that is no UTF-8', bytes),
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
