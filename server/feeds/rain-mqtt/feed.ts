import { z } from 'zod';
import { title } from '../../../contracts/declare.ts';
import { rainGauge } from '../../../contracts/layers/rain-gauge.ts';
import { defineFeed } from '../../kit/feed.ts';
import { topicSettings } from '../../kit/settings.ts';
import { parseRain } from './parse.ts';

export default defineFeed({
  slug: 'rain-mqtt',
  title: title('雨量站', 'Rain gauges'),
  protocol: 'MQTT 3.1.1 QoS 1, JSON',
  licence: 'municipal, internal use',
  cadenceS: 300,
  keepAlive: false,
  publicationDelayS: 0,
  writes: [rainGauge],
  settings: z.strictObject(topicSettings('gy/x-weather/+/rain/+')),
  async connect(context) {
    await context.mqtt.subscribe(context, context.settings.topic, ({ payload }) =>
      parseRain(payload, context.sink),
    );
  },
  readSample: (bytes, { sink }) => parseRain(bytes, sink),
});
