import { z } from 'zod';
import { title } from '../../../contracts/declare.ts';
import { policeFigures } from '../../../contracts/layers/police-figures.ts';
import { defineFeed } from '../../kit/feed.ts';
import { pollHttp } from '../../kit/http-poll.ts';
import { pollSettings } from '../../kit/settings.ts';
import { parsePoliceFigures } from './parse.ts';

export default defineFeed({
  slug: 'police-figures',
  title: title('治安态势汇总', 'Police figures'),
  protocol: 'JSON over HTTP, ETag',
  licence: 'municipal, internal use',
  cadenceS: 60,
  keepAlive: false,
  publicationDelayS: 0,
  writes: [policeFigures],
  settings: z.strictObject(pollSettings('police/figures', 60)),
  async connect(context) {
    const { url, periodS } = context.settings;
    pollHttp(context, { url, periodS }, (answer) => parsePoliceFigures(answer.bytes, context.sink));
  },
  readSample: (bytes, { sink }) => parsePoliceFigures(bytes, sink),
});
