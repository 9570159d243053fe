import { number, position, text, title } from '../declare.ts';
import { defineLayer } from '../layer.ts';

/** Ambient gamma dose-rate stations. */
export const radiationStation = defineLayer({
  slug: 'radiation-station',
  title: title('辐射站', 'Radiation stations'),
  topic: 'environment',
  kind: 'table',
  time: 'observed',
  periodS: 300,
  expireS: null,
  retention: 'telemetry',
  columns: {
    position: position(),
    name: text(title('名称', 'Name'), 60),
    doseRateNGyH: number(title('剂量率', 'Dose rate'), ['nGy/h', 0.1, 0, 10_000_000]),
  },
});
