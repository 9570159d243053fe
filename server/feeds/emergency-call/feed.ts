import { z } from 'zod';
import { title } from '../../../contracts/declare.ts';
import { emergencyCall } from '../../../contracts/layers/emergency-call.ts';
import { defineFeed } from '../../kit/feed.ts';
import { webhookSettings } from '../../kit/settings.ts';
import { parseCalls } from './parse.ts';

export default defineFeed({
  slug: 'emergency-call',
  title: title('110/119/120 警情', '110/119/120 calls'),
  protocol: 'webhook, HMAC-SM3',
  licence: 'municipal, internal use',
  cadenceS: null,
  keepAlive: true,
  publicationDelayS: 0,
  writes: [emergencyCall],
  settings: z.strictObject(webhookSettings),
  async connect(context) {
    const { key } = context.settings;
    context.inbox.route(context, { name: context.slug, key }, (body) => parseCalls(body, context.sink));
  },
  readSample: (bytes, { sink }) => void parseCalls(bytes, sink),
});
