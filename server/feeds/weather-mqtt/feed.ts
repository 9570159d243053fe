import { z } from 'zod';
import { title } from '../../../contracts/declare.ts';
import { weatherStation } from '../../../contracts/layers/weather-station.ts';
import { defineFeed } from '../../kit/feed.ts';
import { topicSettings } from '../../kit/settings.ts';
import { parseWeather } from './parse.ts';

export default defineFeed({
  slug: 'weather-mqtt',
  title: title('气象站', 'Weather stations'),
  protocol: 'MQTT 3.1.1 QoS 1, JSON',
  licence: 'municipal, internal use',
  cadenceS: 300,
  keepAlive: false,
  publicationDelayS: 0,
  writes: [weatherStation],
  settings: z.strictObject(topicSettings('gy/x-weather/+/aws/+')),
  async connect(context) {
    await context.mqtt.subscribe(context, context.settings.topic, ({ payload }) =>
      parseWeather(payload, context.sink),
    );
  },
  readSample: (bytes, { sink }) => parseWeather(bytes, sink),
});
