import { number, oneOf, position, text, title } from '../declare.ts';
import { defineLayer } from '../layer.ts';

const grade = {
  I: title('Ⅰ', 'I'),
  II: title('Ⅱ', 'II'),
  III: title('Ⅲ', 'III'),
  IV: title('Ⅳ', 'IV'),
  V: title('Ⅴ', 'V'),
  worse: title('劣Ⅴ', 'Worse than V'),
} as const;

/** River sections with automatic water-quality stations (GB 3838). */
export const waterSection = defineLayer({
  slug: 'water-section',
  title: title('水质断面', 'Water sections'),
  topic: 'environment',
  kind: 'table',
  time: 'observed',
  periodS: 14_400,
  expireS: null,
  retention: 'telemetry',
  columns: {
    position: position(),
    name: text(title('名称', 'Name'), 60),
    river: text(title('河流', 'River'), 40),
    target: oneOf(title('目标', 'Target'), grade),
    grade: oneOf(title('类别', 'Class'), grade, { origin: 'worst item by GB 3838-2002' }),
    ph: number(title('pH', 'pH'), ['pH', 0.01, 0, 14], { origin: 'w01001' }),
    oxygenMgL: number(title('溶解氧', 'Dissolved oxygen'), ['mg/L', 0.01, 0, 50], { origin: 'w01009' }),
    permanganateMgL: number(title('高锰酸盐指数', 'CODMn'), ['mg/L', 0.01, 0, 500], { origin: 'w01019' }),
    ammoniaMgL: number(title('氨氮', 'NH₃-N'), ['mg/L', 0.001, 0, 500], { origin: 'w21003' }),
    phosphorusMgL: number(title('总磷', 'TP'), ['mg/L', 0.001, 0, 500], { origin: 'w21011' }),
    turbidityNtu: number(title('浊度', 'Turbidity'), ['NTU', 0.1, 0, 100_000], { origin: 'w01003' }),
    waterTempC: number(title('水温', 'Water temperature'), ['celsius', 0.1, -5, 60], { origin: 'w01010' }),
    thalliumMgL: number(title('铊', 'Thallium'), ['mg/L', 0.000_001, 0, 1], { origin: 'w20127' }),
    antimonyMgL: number(title('锑', 'Antimony'), ['mg/L', 0.000_01, 0, 10], { origin: 'w20122b' }),
  },
});
