import { describe, expect, it } from 'vitest';
import { opinionPost } from '../../../contracts/layers/opinion-post.ts';
import { createCollectingSink } from '../../kit/collecting-sink.ts';
import { MAX_LINE, parsePost, parsePosts } from './parse.ts';

const RECEIVED_AT = Date.UTC(2026, 6, 16, 6, 31);
const good = {
  itemId: 'p1',
  platform: 'forum',
  publishedAt: '2026-07-16T14:30:00+08:00',
  title: '题',
  sentiment: -0.5,
  reads: 10,
};

function read(...lines: unknown[]) {
  const sink = createCollectingSink();
  const text = lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n');
  parsePosts(Buffer.from(text), sink, RECEIVED_AT);
  return sink;
}

describe('parsePosts', () => {
  it('maps a post; its counts are valid now', () => {
    expect(read(good).rowsOf(opinionPost)).toEqual([
      {
        id: 'p1',
        validAt: RECEIVED_AT,
        regionCode: undefined,
        synthetic: undefined,
        values: {
          position: null,
          title: '题',
          platform: 'forum',
          topicId: null,
          sentiment: -0.5,
          reads: 10,
          interactions: null,
          publishedAt: Date.UTC(2026, 6, 16, 6, 30),
          check: null,
          text: null,
        },
      },
    ]);
  });

  it('gives the cursor after it: the number of the line, else the item', () => {
    const cursorOf = (line: unknown) => parsePost(JSON.stringify(line), createCollectingSink(), RECEIVED_AT);
    expect([cursorOf(good), cursorOf({ ...good, id: 17 }), cursorOf({ ...good, publishedAt: '' })]).toEqual([
      'p1',
      '17',
      null,
    ]);
  });

  it('keeps what became of a check, and refuses a word it does not know', () => {
    const sink = read({ ...good, check: 'open' }, { ...good, check: 'false' }, { ...good, check: 'maybe' });
    expect(sink.rowsOf(opinionPost).map(({ values }) => values.check)).toEqual(['open', 'false']);
    expect(sink.rejects.map(({ code }) => code)).toEqual(['record/enum']);
  });

  it('cuts a long text instead of losing the post', () => {
    const [row] = read({ ...good, text: '长'.repeat(9000) }).rowsOf(opinionPost);
    expect(row?.values.text).toHaveLength(8000);
  });

  it('loses only the bad lines', () => {
    const tooLong = JSON.stringify({ ...good, text: 'x'.repeat(MAX_LINE) });
    const sink = read(
      '{',
      good,
      '',
      tooLong,
      { ...good, platform: 'pigeon' },
      { ...good, publishedAt: 'now' },
      good,
    );
    expect(sink.rows).toHaveLength(2);
    expect(sink.rejects.map(({ code }) => code)).toEqual([
      'record/parse',
      'record/too-large',
      'record/enum',
      'record/time',
    ]);
  });
});
