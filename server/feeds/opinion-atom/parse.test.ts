import { describe, expect, it } from 'vitest';
import { opinionPost } from '../../../contracts/layers/opinion-post.ts';
import { createCollectingSink } from '../../kit/collecting-sink.ts';
import { parseOpinionAtom } from './parse.ts';

function read(entry: string) {
  const sink = createCollectingSink();
  parseOpinionAtom(
    new TextEncoder().encode(`<feed xmlns="http://www.w3.org/2005/Atom">${entry}</feed>`),
    sink,
  );
  return sink;
}

const entry = (inner: string) =>
  `<entry><id>e1</id><updated>2026-07-16T14:28:00+08:00</updated>${inner}</entry>`;

describe('parseOpinionAtom', () => {
  it('takes mark-up out of the text and never the author', () => {
    const sink = read(
      entry('<author><name>某人</name></author><summary type="html">&lt;b&gt;热&lt;/b&gt;闹</summary>'),
    );
    expect(sink.rowsOf(opinionPost)[0]?.values.text).toBe('热闹');
    expect(JSON.stringify(sink.rows)).not.toContain('某人');
    expect(sink.ignored.get('entry.author')).toBe(1);
  });

  it('reads georss latitude first', () => {
    const sink = read(
      entry('<georss:point xmlns:georss="http://www.georss.org/georss">32.2 105.5</georss:point>'),
    );
    expect(sink.rowsOf(opinionPost)[0]?.values.position).toEqual([105.5, 32.2]);
  });

  it('an unknown platform is rejected by name', () => {
    const sink = read(entry('<category scheme="platform" term="pager"/>'));
    expect(sink.rejects).toMatchObject([{ code: 'record/enum', detail: 'platform "pager"' }]);
  });

  it('an entry without a time is rejected, the next one lives', () => {
    const sink = read(`<entry><id>e0</id></entry>${entry('')}`);
    expect(sink.rejects).toHaveLength(1);
    expect(sink.rows).toHaveLength(1);
  });
});
