import { z } from 'zod';
import { title } from '../../../contracts/declare.ts';
import { waterSection } from '../../../contracts/layers/water-section.ts';
import { defineFeed } from '../../kit/feed.ts';
import { pollHttp } from '../../kit/http-poll.ts';
import { pollSettings } from '../../kit/settings.ts';
import { parseWaterSections } from './parse.ts';

export default defineFeed({
  slug: 'water-section',
  title: title('水质自动站', 'Water-quality stations'),
  protocol: 'JSON over HTTP, ETag',
  licence: 'municipal, internal use',
  cadenceS: 14400,
  keepAlive: false,
  publicationDelayS: 0,
  writes: [waterSection],
  settings: z.strictObject(pollSettings('eco/water-sections', 600)),
  async connect(context) {
    const { url, periodS } = context.settings;
    pollHttp(context, { url, periodS }, (answer) => parseWaterSections(answer.bytes, context.sink));
  },
  readSample: (bytes, { sink }) => parseWaterSections(bytes, sink),
});
