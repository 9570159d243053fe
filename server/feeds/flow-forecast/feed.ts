import { z } from 'zod';
import { title } from '../../../contracts/declare.ts';
import { flowForecast } from '../../../contracts/layers/flow-forecast.ts';
import { defineFeed } from '../../kit/feed.ts';
import { pollHttp } from '../../kit/http-poll.ts';
import { pollSettings } from '../../kit/settings.ts';
import { parseFlowForecasts } from './parse.ts';

export default defineFeed({
  slug: 'flow-forecast',
  title: title('洪水预报过程', 'Forecast hydrographs'),
  protocol: 'JSON over HTTP, ETag',
  licence: 'municipal, internal use',
  cadenceS: 1800,
  keepAlive: false,
  publicationDelayS: 0,
  writes: [flowForecast],
  settings: z.strictObject(pollSettings('hydrology/forecasts', 300)),
  async connect(context) {
    const { url, periodS } = context.settings;
    pollHttp(context, { url, periodS }, (answer) => parseFlowForecasts(answer.bytes, context.sink));
  },
  readSample: (bytes, { sink }) => parseFlowForecasts(bytes, sink),
});
