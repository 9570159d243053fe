import { z } from 'zod';
import { title } from '../../../contracts/declare.ts';
import { opinionPost } from '../../../contracts/layers/opinion-post.ts';
import { defineFeed } from '../../kit/feed.ts';
import { pollHttp } from '../../kit/http-poll.ts';
import { pollSettings } from '../../kit/settings.ts';
import { parseOpinionAtom } from './parse.ts';

export default defineFeed({
  slug: 'opinion-atom',
  title: title('舆情订阅', 'Public posts (Atom)'),
  protocol: 'Atom 1.0 / RSS 2.0',
  licence: 'public sources',
  cadenceS: null,
  keepAlive: true,
  publicationDelayS: 60,
  writes: [opinionPost],
  settings: z.strictObject(pollSettings('opinion/posts.atom', 60)),
  async connect(context) {
    const { url, periodS } = context.settings;
    pollHttp(context, { url, periodS }, (answer) => parseOpinionAtom(answer.bytes, context.sink));
  },
  readSample: (bytes, { sink }) => parseOpinionAtom(bytes, sink),
});
