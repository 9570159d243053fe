import { geometry, number, oneOf, position, text, time, title } from '../declare.ts';
import { defineLayer } from '../layer.ts';

const people = (zh: string, en: string) =>
  number(title(zh, en), ['person', 1, 0, 100_000_000], { origin: 'an estimate, ±20 % (docs/hazards.md)' });
const reach = (zh: string, en: string) =>
  number(title(zh, en), ['m', 1, 0, 10_000], { nullMeans: 'no such level was set for this gas' });

/** Gas that escapes and where the wind carries it: three levels of toxicity inside one another, and the zone of the guidebook. */
export const plume = defineLayer({
  slug: 'plume',
  title: title('气体扩散', 'Gas plumes'),
  topic: 'emergency',
  kind: 'table',
  time: 'observed',
  periodS: 300,
  expireS: null,
  retention: 'state',
  columns: {
    position: position(title('泄漏点', 'Source')),
    aegl1: geometry(title('AEGL-1 范围', 'AEGL-1'), ['Polygon'], { nullMeans: 'reached nowhere' }),
    aegl2: geometry(title('AEGL-2 范围', 'AEGL-2'), ['Polygon'], { nullMeans: 'reached nowhere' }),
    aegl3: geometry(title('AEGL-3 范围', 'AEGL-3'), ['Polygon'], { nullMeans: 'reached nowhere' }),
    firstZone: geometry(title('初始防护区', 'First zone'), ['Polygon'], {
      nullMeans: 'the guidebook has no distances for it',
    }),
    title: text(title('名称', 'Name'), 160),
    gas: text(title('气体', 'Gas'), 60),
    state: oneOf(title('状态', 'State'), {
      computed: title('按现风计算', 'By the wind of now'),
      'no-wind': title('附近无可用风向，未计算', 'No wind is known near: not computed'),
    }),
    aegl1M: reach('AEGL-1（不适）距离', 'AEGL-1 (discomfort) reaches'),
    aegl2M: reach('AEGL-2（致伤）距离', 'AEGL-2 (injury) reaches'),
    aegl3M: reach('AEGL-3（致命）距离', 'AEGL-3 (danger to life) reaches'),
    isolationM: number(title('初始隔离半径', 'Isolate all round'), ['m', 1, 0, 20_000]),
    protectiveM: number(title('下风向防护距离', 'Protect downwind'), ['m', 1, 0, 20_000]),
    people1: people('AEGL-1 内人数（估算）', 'People within AEGL-1 (estimate)'),
    people2: people('AEGL-2 内人数（估算）', 'People within AEGL-2 (estimate)'),
    people3: people('AEGL-3 内人数（估算）', 'People within AEGL-3 (estimate)'),
    peopleZone: people('初始防护区人数（估算）', 'People in the first zone (estimate)'),
    towardDeg: number(title('吹向', 'Towards'), ['degree', 1, 0, 360]),
    swingDeg: number(title('风向摆动', 'Swing of the wind'), ['degree', 1, 0, 90]),
    windMs: number(title('风速', 'Wind'), ['m/s', 0.1, 0, 100]),
    windFromDeg: number(title('风向', 'Wind from'), ['degree', 1, 0, 360]),
    windStation: text(title('风的来源', 'Wind measured at'), 80),
    windAt: time(title('风的时间', 'Wind measured')),
    stability: oneOf(title('大气稳定度', 'Stability of the air'), {
      A: title('A 极不稳定', 'A very unstable'),
      B: title('B 不稳定', 'B unstable'),
      C: title('C 弱不稳定', 'C slightly unstable'),
      D: title('D 中性', 'D neutral'),
      E: title('E 弱稳定', 'E slightly stable'),
      F: title('F 稳定', 'F stable'),
    }),
    terrain: oneOf(title('下垫面', 'Ground'), {
      rural: title('开阔', 'Open country'),
      urban: title('城区', 'Built-up'),
    }),
    rateKgS: number(title('泄漏速率', 'Release'), ['kg/s', 0.001, 0, 1000]),
    rateFrom: oneOf(title('速率来源', 'Release is'), {
      assumed: title('假定', 'Assumed'),
      said: title('现场报告', 'Reported'),
    }),
    heightM: number(title('泄漏高度', 'Height of the leak'), ['m', 0.1, 0, 200]),
    incident: number(title('事件', 'Incident'), ['1', 1, 0, 2_000_000_000], { nullMeans: 'of none' }),
    sinceAt: time(title('自', 'Since')),
    validity: text(title('适用性', 'Validity'), 400, { detail: true }),
  },
});
