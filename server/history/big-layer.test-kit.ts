// A plain telemetry layer for tests of history.
import { number, text, title } from '../../contracts/declare.ts';
import { defineLayer } from '../../contracts/layer.ts';

export const bigLayer = defineLayer({
  slug: 'test-station',
  title: title('测试站', 'Test stations'),
  topic: 'environment',
  kind: 'table',
  time: 'observed',
  periodS: 10,
  expireS: null,
  retention: 'telemetry',
  columns: {
    name: text(title('名称', 'Name'), 40),
    value: number(title('值', 'Value'), ['1', 1, -1000, 1000]),
  },
});
