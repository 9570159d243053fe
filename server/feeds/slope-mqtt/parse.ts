import { slopeMonitor } from '../../../contracts/layers/slope-monitor.ts';
import { stationReader } from '../../kit/station-report.ts';

/** One report of a slope monitor (docs/upstreams.md "slope") → `slope-monitor`. */
export const parseSlope = stationReader({
  layer: slopeMonitor,
  id: 'pointId',
  columns: ['displacementMm', 'rateMmH', 'crackMm', 'tiltDeg', 'batteryPct', 'online'],
});
