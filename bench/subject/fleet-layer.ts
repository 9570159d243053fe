// The layer of the benches: what a moving object reports, without the facts that never change.
import { number, position, title } from '../../contracts/declare.ts';
import { defineLayer } from '../../contracts/layer.ts';

export const fleet = defineLayer({
  slug: 'bench-fleet',
  title: title('车队', 'Fleet'),
  topic: 'traffic',
  kind: 'table',
  time: 'observed',
  moving: { freshS: 30 },
  periodS: 1,
  expireS: null,
  retention: 'telemetry',
  columns: {
    position: position(),
    headingDeg: number(title('航向', 'Heading'), ['degree', 1, 0, 359]),
    speedKmh: number(title('速度', 'Speed'), ['km/h', 1, 0, 250]),
  },
});
