import { z } from 'zod';
import { title } from '../../../contracts/declare.ts';
import { flowStation } from '../../../contracts/layers/flow-station.ts';
import { defineFeed } from '../../kit/feed.ts';
import { pollHttp } from '../../kit/http-poll.ts';
import { pollSettings } from '../../kit/settings.ts';
import { parseTrafficFlow } from './parse.ts';

export default defineFeed({
  slug: 'traffic-flow',
  title: title('交通量观测', 'Traffic counts'),
  protocol: 'JSON over HTTP, ETag',
  licence: 'municipal, internal use',
  cadenceS: 300,
  keepAlive: false,
  publicationDelayS: 0,
  writes: [flowStation],
  settings: z.strictObject(pollSettings('traffic/flow-stations', 60)),
  async connect(context) {
    const { url, periodS } = context.settings;
    pollHttp(context, { url, periodS }, (answer) => parseTrafficFlow(answer.bytes, context.sink));
  },
  readSample: (bytes, { sink }) => parseTrafficFlow(bytes, sink),
});
