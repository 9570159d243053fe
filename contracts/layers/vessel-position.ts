import { number, oneOf, position, text, title } from '../declare.ts';
import { defineLayer } from '../layer.ts';

/** Vessels on the Jialing and the reservoirs. */
export const vesselPosition = defineLayer({
  slug: 'vessel-position',
  title: title('船舶', 'Vessels'),
  topic: 'traffic',
  kind: 'table',
  time: 'observed',
  moving: { freshS: 90 },
  periodS: 180,
  expireS: 3600,
  retention: 'telemetry',
  columns: {
    position: position(),
    headingDeg: number(title('航向', 'Course'), ['degree', 1, 0, 359]),
    speedKmh: number(title('航速', 'Speed'), ['km/h', 1, 0, 100]),
    kind: oneOf(title('类型', 'Kind'), {
      cargo: title('货船', 'Cargo'),
      ferry: title('渡船', 'Ferry'),
      tour: title('游船', 'Tour boat'),
      patrol: title('执法船', 'Patrol'),
    }),
    name: text(title('船名', 'Name'), 40),
    mmsi: text(title('水上识别码', 'MMSI'), 9),
    draughtM: number(title('吃水', 'Draught'), ['m', 0.1, 0, 20]),
    hazardousCargo: oneOf(title('危险货物', 'Hazardous cargo'), {
      yes: title('是', 'Yes'),
      no: title('否', 'No'),
    }),
    state: oneOf(title('状态', 'State'), {
      under_way: title('在航', 'Under way'),
      moored: title('系泊', 'Moored'),
      sos: title('遇险', 'Distress'),
    }),
  },
});
