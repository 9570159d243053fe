import { z } from 'zod';
import { title } from '../../../contracts/declare.ts';
import { resource } from '../../../contracts/layers/resource.ts';
import { defineFeed } from '../../kit/feed.ts';
import { pollHttp } from '../../kit/http-poll.ts';
import { pollSettings } from '../../kit/settings.ts';
import { parseResources } from './parse.ts';

export default defineFeed({
  slug: 'resource',
  title: title('应急资源', 'Resources'),
  protocol: 'JSON over HTTP, ETag',
  licence: 'municipal, internal use',
  cadenceS: 300,
  keepAlive: false,
  publicationDelayS: 0,
  writes: [resource],
  settings: z.strictObject(pollSettings('emergency/resources', 60)),
  async connect(context) {
    const { url, periodS } = context.settings;
    pollHttp(context, { url, periodS }, (answer) => parseResources(answer.bytes, context.sink));
  },
  readSample: (bytes, { sink }) => parseResources(bytes, sink),
});
