import { cells, number, position, title } from '../declare.ts';
import { defineLayer } from '../layer.ts';

/** Radar rain now and ahead, in blocks of at most 64 × 64 cells; validAt is the moment a block speaks of. */
export const rainGrid = defineLayer({
  slug: 'rain-grid',
  title: title('雷达降雨', 'Radar rain'),
  topic: 'environment',
  kind: 'grid',
  time: 'forecast',
  periodS: 360,
  expireS: 7200,
  retention: 'telemetry',
  columns: {
    origin: position(title('西北角', 'North-west corner')),
    stepLonDeg: number(title('经向格距', 'Cell width'), ['degree', 0.000_01, 0.0001, 10]),
    stepLatDeg: number(title('纬向格距', 'Cell height'), ['degree', 0.000_01, 0.0001, 10]),
    leadS: number(title('预报时效', 'Lead time'), ['s', 1, 0, 864_000]),
    rainMmH: cells(title('雨强', 'Rain rate'), ['mm/h', 0.1, 0, 500]),
  },
});
