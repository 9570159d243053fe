import { z } from 'zod';
import { title } from '../../../contracts/declare.ts';
import { radiationStation } from '../../../contracts/layers/radiation-station.ts';
import { defineFeed } from '../../kit/feed.ts';
import { pollHttp } from '../../kit/http-poll.ts';
import { pollSettings } from '../../kit/settings.ts';
import { parseRadiation } from './parse.ts';

export default defineFeed({
  slug: 'radiation',
  title: title('辐射环境自动监测', 'Radiation monitoring'),
  protocol: 'JSON over HTTP, ETag',
  licence: 'municipal, internal use',
  cadenceS: 300,
  keepAlive: false,
  publicationDelayS: 0,
  writes: [radiationStation],
  settings: z.strictObject(pollSettings('eco/radiation', 300)),
  async connect(context) {
    const { url, periodS } = context.settings;
    pollHttp(context, { url, periodS }, (answer) => parseRadiation(answer.bytes, context.sink));
  },
  readSample: (bytes, { sink }) => parseRadiation(bytes, sink),
});
