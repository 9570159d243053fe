import { z } from 'zod';
import { title } from '../../../contracts/declare.ts';
import { rainGrid } from '../../../contracts/layers/rain-grid.ts';
import { defineFeed } from '../../kit/feed.ts';
import { pollHttp } from '../../kit/http-poll.ts';
import { pollSettings } from '../../kit/settings.ts';
import { parseRadarRain } from './parse.ts';

export default defineFeed({
  slug: 'radar-rain',
  title: title('雷达降雨短临预报', 'Radar rain nowcast'),
  protocol: 'CoverageJSON grid over HTTP',
  licence: 'municipal, internal use',
  cadenceS: 360,
  keepAlive: false,
  publicationDelayS: 60,
  writes: [rainGrid],
  settings: z.strictObject(pollSettings('weather/radar-rain.covjson', 60)),
  async connect(context) {
    const { url, periodS } = context.settings;
    pollHttp(context, { url, periodS, maxBytes: 64 * 1024 * 1024 }, (answer) =>
      parseRadarRain(answer.bytes, context.sink),
    );
  },
  readSample: (bytes, { sink }) => parseRadarRain(bytes, sink),
});
