// The shapes of the examples of RFC 4287 (§1.1) and of the RSS 2.0 specification.
import { expect, test } from 'vitest';
import { opinionPost } from '../../../contracts/layers/opinion-post.ts';
import { createCollectingSink } from '../../kit/collecting-sink.ts';
import { parseOpinionAtom } from './parse.ts';

function read(document: string) {
  const sink = createCollectingSink();
  parseOpinionAtom(new TextEncoder().encode(document), sink);
  expect(sink.rejects).toEqual([]);
  return sink.rowsOf(opinionPost);
}

test('the brief single-entry document', () => {
  const rows = read(`<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom"><title>Example Feed</title><link href="http://example.org/"/>
<updated>2003-12-13T18:30:02Z</updated><author><name>N.N.</name></author>
<id>urn:uuid:60a76c80-d399-11d9-b93C-0003939e0af6</id>
<entry><title>Atom-Powered Robots Run Amok</title><link href="http://example.org/2003/12/13/atom03"/>
<id>urn:uuid:1225c695-cfb8-4ebb-aaaa-80da344efa6a</id><updated>2003-12-13T18:30:02Z</updated>
<summary>Some text.</summary></entry></feed>`);
  expect(rows).toMatchObject([
    {
      id: 'urn:uuid:1225c695-cfb8-4ebb-aaaa-80da344efa6a',
      validAt: Date.UTC(2003, 11, 13, 18, 30, 2),
      values: { title: 'Atom-Powered Robots Run Amok', text: 'Some text.' },
    },
  ]);
});

test('the extensive document: offsets, enclosures, contributors and XHTML content', () => {
  const rows = read(`<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom"><title type="text">dive into mark</title>
<subtitle type="html">A &lt;em&gt;lot&lt;/em&gt; of effort</subtitle><updated>2005-07-31T12:29:29Z</updated>
<id>tag:example.org,2003:3</id><link rel="alternate" type="text/html" hreflang="en" href="http://example.org/"/>
<link rel="self" type="application/atom+xml" href="http://example.org/feed.atom"/><rights>Copyright (c) 2003</rights>
<generator uri="http://www.example.com/" version="1.0">Example Toolkit</generator>
<entry><title>Atom draft-07 snapshot</title>
<link rel="alternate" type="text/html" href="http://example.org/2005/04/02/atom"/>
<link rel="enclosure" type="audio/mpeg" length="1337" href="http://example.org/audio/ph34r_my_podcast.mp3"/>
<id>tag:example.org,2003:3.2397</id><updated>2005-07-31T12:29:29Z</updated>
<published>2003-12-13T08:29:29-04:00</published><author><name>N. N.</name><uri>http://example.org/</uri>
<email>nn@example.com</email></author><contributor><name>S. S.</name></contributor>
<content type="xhtml" xml:lang="en" xml:base="http://diveintomark.org/">
<div xmlns="http://www.w3.org/1999/xhtml"><p><i>[Update: The Atom draft is finished.]</i></p></div>
</content></entry></feed>`);
  expect(rows).toMatchObject([
    {
      id: 'tag:example.org,2003:3.2397',
      validAt: Date.UTC(2005, 6, 31, 12, 29, 29),
      values: {
        publishedAt: Date.UTC(2003, 11, 13, 12, 29, 29),
        text: '[Update: The Atom draft is finished.]',
      },
    },
  ]);
  expect(JSON.stringify(rows)).not.toContain('nn@example.com');
});

test('the RSS 2.0 sample: dates of RFC 822, guid as id, one item without a title', () => {
  const rows = read(`<?xml version="1.0"?>
<rss version="2.0"><channel><title>Liftoff News</title><link>http://liftoff.example/</link>
<description>Liftoff to Space Exploration.</description><language>en-us</language>
<pubDate>Tue, 10 Jun 2003 04:00:00 GMT</pubDate><docs>http://blogs.example/rss</docs><ttl>60</ttl>
<item><title>Star City</title><link>http://liftoff.example/news-starcity.asp</link>
<description>How do Americans get ready? They take a &lt;a href="http://x.example/"&gt;crash course&lt;/a&gt;.</description>
<pubDate>Tue, 03 Jun 2003 09:39:21 GMT</pubDate><guid>http://liftoff.example/2003/06/03.html#item573</guid></item>
<item><description>Sky watchers will experience a partial eclipse.</description>
<pubDate>Fri, 30 May 2003 11:06:42 GMT</pubDate><guid>http://liftoff.example/2003/05/30.html#item572</guid></item>
</channel></rss>`);
  expect(rows).toMatchObject([
    {
      id: 'http://liftoff.example/2003/06/03.html#item573',
      validAt: Date.UTC(2003, 5, 3, 9, 39, 21),
      values: { title: 'Star City', text: 'How do Americans get ready? They take a crash course.' },
    },
    { values: { title: null, text: 'Sky watchers will experience a partial eclipse.' } },
  ]);
});
