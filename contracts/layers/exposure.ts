import { number, oneOf, text, time, title } from '../declare.ts';
import { defineLayer } from '../layer.ts';
import { dayParts } from '../records/exposure.ts';

const count = (zh: string, en: string) => number(title(zh, en), ['count', 1, 0, 100_000]);
const people = (zh: string, en: string) => number(title(zh, en), ['person', 1, 0, 100_000_000]);

/** Who and what is in the areas of warnings in force and of gas plumes, at this hour: estimates (docs/hazards.md). */
export const exposure = defineLayer({
  slug: 'exposure',
  title: title('影响人口（估算）', 'Exposure (estimate)'),
  topic: 'emergency',
  kind: 'table',
  time: 'observed',
  periodS: null,
  expireS: null,
  retention: 'state',
  citywide: true,
  columns: {
    subject: text(title('对象', 'Of'), 200),
    kind: oneOf(title('类别', 'Kind'), {
      warning: title('预警范围', 'Area of a warning'),
      plume: title('气体扩散范围', 'Gas plume'),
    }),
    people: people('区域内人数', 'People in the area'),
    peopleLow: people('下限', 'At least'),
    peopleHigh: people('上限', 'At most'),
    exposedPeople: number(title('累计影响人数', 'People exposed so far'), ['person', 1, 0, 100_000_000], {
      nullMeans: 'a warning: its area stands still',
      origin: 'the union of all areas of the plume so far, at the hour of each',
    }),
    residents: people('常住人口', 'Residents'),
    pupils: people('在校学生', 'Pupils present'),
    workers: people('在岗人员', 'Workers present'),
    schools: count('学校', 'Schools'),
    hospitals: count('医院', 'Hospitals'),
    beds: count('床位', 'Beds'),
    shelters: count('避难场所', 'Shelters'),
    shelterPlaces: people('可容纳', 'Places in shelters'),
    parks: count('园区', 'Industrial parks'),
    roadKm: number(title('道路', 'Roads'), ['km', 0.1, 0, 100_000], {
      nullMeans: 'no road network is known',
    }),
    areaKm2: number(title('面积（平方公里）', 'Area (km²)'), ['1', 0.01, 0, 1_000_000]),
    dayPart: oneOf(title('时段', 'Hour'), dayParts),
    ended: oneOf(title('状态', 'State'), {
      no: title('现时', 'Now'),
      yes: title('已结束', 'Over'),
    }),
    sourceDay: text(title('人口数据日期', 'Residents as of'), 10),
    endedAt: time(title('结束', 'Ended'), 1000, { nullMeans: 'it is not over' }),
    method: text(title('方法', 'Method'), 400, { detail: true }),
  },
});
