import { z } from 'zod';
import { title } from '../../../contracts/declare.ts';
import { dispatchOrder } from '../../../contracts/layers/dispatch-order.ts';
import { defineFeed } from '../../kit/feed.ts';
import { pollHttp } from '../../kit/http-poll.ts';
import { pollSettings } from '../../kit/settings.ts';
import { parseDispatchOrders } from './parse.ts';

export default defineFeed({
  slug: 'dispatch-order',
  title: title('水库调度令', 'Reservoir dispatch orders'),
  protocol: 'JSON over HTTP, ETag',
  licence: 'municipal, internal use',
  cadenceS: null,
  keepAlive: true,
  publicationDelayS: 0,
  writes: [dispatchOrder],
  settings: z.strictObject(pollSettings('hydrology/dispatch-orders', 60)),
  async connect(context) {
    const { url, periodS } = context.settings;
    pollHttp(context, { url, periodS }, (answer) => parseDispatchOrders(answer.bytes, context));
  },
  readSample: (bytes, context) => parseDispatchOrders(bytes, context),
});
