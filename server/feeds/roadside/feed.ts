import { z } from 'zod';
import { title } from '../../../contracts/declare.ts';
import { roadsidePoint } from '../../../contracts/layers/roadside-point.ts';
import { defineFeed } from '../../kit/feed.ts';
import { pollHttp } from '../../kit/http-poll.ts';
import { pollSettings } from '../../kit/settings.ts';
import { parseRoadside } from './parse.ts';

export default defineFeed({
  slug: 'roadside',
  title: title('路侧监测点', 'Roadside points'),
  protocol: 'JSON over HTTP, ETag',
  licence: 'municipal, internal use',
  cadenceS: 60,
  keepAlive: false,
  publicationDelayS: 0,
  writes: [roadsidePoint],
  settings: z.strictObject(pollSettings('traffic/roadside-points', 60)),
  async connect(context) {
    const { url, periodS } = context.settings;
    pollHttp(context, { url, periodS }, (answer) => parseRoadside(answer.bytes, context.sink));
  },
  readSample: (bytes, { sink }) => parseRoadside(bytes, sink),
});
