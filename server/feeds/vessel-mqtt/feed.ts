import { z } from 'zod';
import { title } from '../../../contracts/declare.ts';
import { vesselPosition } from '../../../contracts/layers/vessel-position.ts';
import { defineFeed } from '../../kit/feed.ts';
import { topicSettings } from '../../kit/settings.ts';
import { parseVessel } from './parse.ts';

export default defineFeed({
  slug: 'vessel-mqtt',
  title: title('船舶定位', 'Vessel positions'),
  protocol: 'MQTT 3.1.1 QoS 1, JSON',
  licence: 'municipal, internal use',
  cadenceS: 180,
  keepAlive: false,
  publicationDelayS: 0,
  writes: [vesselPosition],
  settings: z.strictObject(topicSettings('gy/smart-transport/+/vessel/+')),
  async connect(context) {
    await context.mqtt.subscribe(context, context.settings.topic, ({ payload }) =>
      parseVessel(payload, context.sink),
    );
  },
  readSample: (bytes, { sink }) => parseVessel(bytes, sink),
});
