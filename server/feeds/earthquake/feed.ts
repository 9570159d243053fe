import { z } from 'zod';
import { title } from '../../../contracts/declare.ts';
import { earthquake } from '../../../contracts/layers/earthquake.ts';
import { defineFeed } from '../../kit/feed.ts';
import { webhookSettings } from '../../kit/settings.ts';
import { parseEarthquakes } from './parse.ts';

export default defineFeed({
  slug: 'earthquake',
  title: title('地震速报', 'Earthquake reports'),
  protocol: 'webhook, HMAC-SM3',
  licence: 'municipal, internal use',
  cadenceS: null,
  keepAlive: true,
  publicationDelayS: 0,
  writes: [earthquake],
  settings: z.strictObject(webhookSettings),
  async connect(context) {
    const { key } = context.settings;
    context.inbox.route(context, { name: context.slug, key }, (body) => parseEarthquakes(body, context.sink));
  },
  readSample: (bytes, { sink }) => void parseEarthquakes(bytes, sink),
});
