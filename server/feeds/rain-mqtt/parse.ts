import { rainGauge } from '../../../contracts/layers/rain-gauge.ts';
import { stationReader } from '../../kit/station-report.ts';

/** One report of a rain gauge (docs/upstreams.md "rain") → `rain-gauge`. */
export const parseRain = stationReader({
  layer: rainGauge,
  id: 'stationId',
  columns: ['tipsMm', 'rain1hMm', 'rain3hMm', 'rain24hMm', 'antecedentMm', 'batteryV'],
});
