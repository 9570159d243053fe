import { z } from 'zod';
import { title } from '../../../contracts/declare.ts';
import { firePanel } from '../../../contracts/layers/fire-panel.ts';
import { defineFeed } from '../../kit/feed.ts';
import { webhookSettings } from '../../kit/settings.ts';
import { parsePanels } from './parse.ts';

export default defineFeed({
  slug: 'fire-panel',
  title: title('消防物联', 'Fire panels'),
  protocol: 'webhook, HMAC-SM3',
  licence: 'municipal, internal use',
  cadenceS: 300,
  keepAlive: false,
  publicationDelayS: 0,
  writes: [firePanel],
  settings: z.strictObject(webhookSettings),
  async connect(context) {
    const { key } = context.settings;
    context.inbox.route(context, { name: context.slug, key }, (body) => parsePanels(body, context.sink));
  },
  readSample: (bytes, { sink }) => void parsePanels(bytes, sink),
});
