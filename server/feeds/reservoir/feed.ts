import { z } from 'zod';
import { title } from '../../../contracts/declare.ts';
import { reservoir } from '../../../contracts/layers/reservoir.ts';
import { defineFeed } from '../../kit/feed.ts';
import { pollHttp } from '../../kit/http-poll.ts';
import { pollSettings } from '../../kit/settings.ts';
import { parseReservoirs } from './parse.ts';

export default defineFeed({
  slug: 'reservoir',
  title: title('水库', 'Reservoirs'),
  protocol: 'JSON over HTTP, ETag',
  licence: 'municipal, internal use',
  cadenceS: 300,
  keepAlive: false,
  publicationDelayS: 0,
  writes: [reservoir],
  settings: z.strictObject(pollSettings('hydrology/reservoirs', 60)),
  async connect(context) {
    const { url, periodS } = context.settings;
    pollHttp(context, { url, periodS }, (answer) => parseReservoirs(answer.bytes, context.sink));
  },
  readSample: (bytes, { sink }) => parseReservoirs(bytes, sink),
});
