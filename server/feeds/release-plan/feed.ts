import { z } from 'zod';
import { title } from '../../../contracts/declare.ts';
import { releasePlan } from '../../../contracts/layers/release-plan.ts';
import { defineFeed } from '../../kit/feed.ts';
import { pollHttp } from '../../kit/http-poll.ts';
import { pollSettings } from '../../kit/settings.ts';
import { parseReleasePlans } from './parse.ts';

export default defineFeed({
  slug: 'release-plan',
  title: title('拟调度方案', 'Release schemes'),
  protocol: 'JSON over HTTP, ETag',
  licence: 'municipal, internal use',
  cadenceS: null,
  keepAlive: true,
  publicationDelayS: 0,
  writes: [releasePlan],
  settings: z.strictObject(pollSettings('hydrology/release-plans', 60)),
  async connect(context) {
    const { url, periodS } = context.settings;
    pollHttp(context, { url, periodS }, (answer) => parseReleasePlans(answer.bytes, context));
  },
  readSample: (bytes, context) => parseReleasePlans(bytes, context),
});
