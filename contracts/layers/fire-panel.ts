import { number, oneOf, position, text, title } from '../declare.ts';
import { defineLayer } from '../layer.ts';

/** Fire alarm control panels of connected buildings. */
export const firePanel = defineLayer({
  slug: 'fire-panel',
  title: title('消防设施', 'Fire panels'),
  topic: 'emergency',
  kind: 'table',
  time: 'observed',
  periodS: 300,
  expireS: null,
  retention: 'telemetry',
  columns: {
    position: position(),
    name: text(title('名称', 'Name'), 80),
    state: oneOf(title('状态', 'State'), {
      normal: title('正常', 'Normal'),
      fault: title('故障', 'Fault'),
      alarm: title('报警', 'Alarm'),
      offline: title('离线', 'Offline'),
    }),
    smokeAlarms: number(title('烟感报警', 'Smoke alarms'), ['count', 1, 0, 10_000]),
    pressureMPa: number(title('管网压力', 'Pressure'), ['MPa', 0.01, 0, 10]),
  },
});
