import { z } from 'zod';
import { title } from '../../../contracts/declare.ts';
import { slopeMonitor } from '../../../contracts/layers/slope-monitor.ts';
import { defineFeed } from '../../kit/feed.ts';
import { topicSettings } from '../../kit/settings.ts';
import { parseSlope } from './parse.ts';

export default defineFeed({
  slug: 'slope-mqtt',
  title: title('地质灾害监测', 'Slope monitoring'),
  protocol: 'MQTT 3.1.1 QoS 1, JSON',
  licence: 'municipal, internal use',
  cadenceS: 600,
  keepAlive: false,
  publicationDelayS: 0,
  writes: [slopeMonitor],
  settings: z.strictObject(topicSettings('gy/natural-resources/+/slope/+')),
  async connect(context) {
    await context.mqtt.subscribe(context, context.settings.topic, ({ payload }) =>
      parseSlope(payload, context.sink),
    );
  },
  readSample: (bytes, { sink }) => parseSlope(bytes, sink),
});
