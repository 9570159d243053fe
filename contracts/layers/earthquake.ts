import { number, oneOf, position, text, title } from '../declare.ts';
import { defineLayer } from '../layer.ts';

/** Earthquakes: automatic, formal and corrected reports of one event. */
export const earthquake = defineLayer({
  slug: 'earthquake',
  title: title('地震', 'Earthquakes'),
  topic: 'emergency',
  kind: 'table',
  time: 'observed',
  periodS: null,
  expireS: 2_592_000,
  retention: 'state',
  citywide: true,
  columns: {
    position: position(title('震中', 'Epicentre')),
    title: text(title('地点', 'Place'), 120),
    magnitude: number(title('震级', 'Magnitude'), ['1', 0.1, -2, 10]),
    magnitudeType: text(title('震级类型', 'Magnitude type'), 4),
    depthKm: number(title('深度', 'Depth'), ['km', 0.1, 0, 800]),
    status: oneOf(title('速报', 'Report'), {
      auto: title('自动', 'Automatic'),
      formal: title('正式', 'Formal'),
      corrected: title('修订', 'Corrected'),
    }),
  },
});
