import { number, oneOf, position, text, title } from '../declare.ts';
import { defineLayer } from '../layer.ts';

/** Noise stations by functional zone (GB 3096). */
export const noiseStation = defineLayer({
  slug: 'noise-station',
  title: title('噪声站', 'Noise stations'),
  topic: 'environment',
  kind: 'table',
  time: 'observed',
  periodS: 60,
  expireS: null,
  retention: 'telemetry',
  columns: {
    position: position(),
    name: text(title('名称', 'Name'), 60),
    zone: oneOf(title('功能区', 'Zone'), {
      '0': title('0 类', '0'),
      '1': title('1 类', '1'),
      '2': title('2 类', '2'),
      '3': title('3 类', '3'),
      '4a': title('4a 类', '4a'),
      '4b': title('4b 类', '4b'),
    }),
    leqDbA: number(title('等效声级', 'Leq'), ['dBA', 0.1, 0, 160]),
    l10DbA: number(title('L10', 'L10'), ['dBA', 0.1, 0, 160]),
    l90DbA: number(title('L90', 'L90'), ['dBA', 0.1, 0, 160]),
  },
});
