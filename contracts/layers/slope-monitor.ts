import { number, oneOf, position, text, title } from '../declare.ts';
import { defineLayer } from '../layer.ts';

/** Slope monitors at geological hazard points. */
export const slopeMonitor = defineLayer({
  slug: 'slope-monitor',
  title: title('地灾监测点', 'Slope monitors'),
  topic: 'emergency',
  kind: 'table',
  time: 'observed',
  periodS: 600,
  expireS: null,
  retention: 'telemetry',
  columns: {
    position: position(),
    name: text(title('名称', 'Name'), 60),
    displacementMm: number(title('位移', 'Displacement'), ['mm', 0.1, -100_000, 100_000]),
    rateMmH: number(title('位移速率', 'Rate'), ['mm/h', 0.1, -10_000, 10_000]),
    crackMm: number(title('裂缝', 'Crack'), ['mm', 0.1, 0, 100_000]),
    tiltDeg: number(title('倾角', 'Tilt'), ['degree', 0.01, -90, 90]),
    batteryPct: number(title('电量', 'Battery'), ['percent', 1, 0, 100]),
    online: oneOf(title('在线', 'Online'), { yes: title('在线', 'Online'), no: title('离线', 'Offline') }),
  },
});
