import { z } from 'zod';
import { title } from '../../../contracts/declare.ts';
import { riverGauge } from '../../../contracts/layers/river-gauge.ts';
import { defineFeed } from '../../kit/feed.ts';
import { pollHttp } from '../../kit/http-poll.ts';
import { pollSettings } from '../../kit/settings.ts';
import { parseRiverGauges } from './parse.ts';

export default defineFeed({
  slug: 'river-gauge',
  title: title('水文站', 'River gauges'),
  protocol: 'JSON over HTTP, ETag',
  licence: 'municipal, internal use',
  cadenceS: 300,
  keepAlive: false,
  publicationDelayS: 0,
  writes: [riverGauge],
  settings: z.strictObject(pollSettings('hydrology/stations', 60)),
  async connect(context) {
    const { url, periodS } = context.settings;
    pollHttp(context, { url, periodS }, (answer) => parseRiverGauges(answer.bytes, context.sink));
  },
  readSample: (bytes, { sink }) => parseRiverGauges(bytes, sink),
});
