import { z } from 'zod';
import { title } from '../../../contracts/declare.ts';
import { townReceipt } from '../../../contracts/layers/town-receipt.ts';
import { defineFeed } from '../../kit/feed.ts';
import { webhookSettings } from '../../kit/settings.ts';
import { parseReceipts } from './parse.ts';

export default defineFeed({
  slug: 'town-receipt',
  title: title('乡镇签收回执', 'Receipts of towns'),
  protocol: 'webhook, HMAC-SM3',
  licence: 'municipal, internal use',
  cadenceS: null,
  keepAlive: true,
  publicationDelayS: 0,
  writes: [townReceipt],
  settings: z.strictObject(webhookSettings),
  async connect(context) {
    const { key } = context.settings;
    context.inbox.route(context, { name: context.slug, key }, (body) => parseReceipts(body, context.sink));
  },
  readSample: (bytes, { sink }) => void parseReceipts(bytes, sink),
});
