import { z } from 'zod';
import { title } from '../../../contracts/declare.ts';
import { noiseStation } from '../../../contracts/layers/noise-station.ts';
import { defineFeed } from '../../kit/feed.ts';
import { pollHttp } from '../../kit/http-poll.ts';
import { pollSettings } from '../../kit/settings.ts';
import { parseNoise } from './parse.ts';

export default defineFeed({
  slug: 'noise',
  title: title('噪声自动监测', 'Noise monitoring'),
  protocol: 'JSON over HTTP, ETag',
  licence: 'municipal, internal use',
  cadenceS: 60,
  keepAlive: false,
  publicationDelayS: 0,
  writes: [noiseStation],
  settings: z.strictObject(pollSettings('eco/noise', 60)),
  async connect(context) {
    const { url, periodS } = context.settings;
    pollHttp(context, { url, periodS }, (answer) => parseNoise(answer.bytes, context.sink));
  },
  readSample: (bytes, { sink }) => parseNoise(bytes, sink),
});
