import { number, oneOf, position, strings, text, time, title } from '../declare.ts';
import { defineLayer } from '../layer.ts';

/** Towns and villages from which no open road leads to a hospital or to a county seat; computed from the road graph (docs/resources.md). */
export const isolatedPlace = defineLayer({
  slug: 'isolated-place',
  title: title('孤岛乡镇村', 'Isolated towns and villages'),
  topic: 'emergency',
  kind: 'table',
  time: 'observed',
  periodS: null,
  expireS: null,
  retention: 'state',
  columns: {
    position: position(),
    name: text(title('名称', 'Name'), 60),
    residents: number(title('常住人口', 'Residents'), ['person', 1, 0, 100_000_000], {
      origin:
        'the city package: residents, not who is there now; of a town without those of its villages, which have rows of their own',
    }),
    lost: oneOf(title('失去', 'Lost'), {
      both: title('医院和县城', 'Hospital and seat'),
      hospital: title('医院', 'Hospital'),
      seat: title('县城', 'Seat'),
    }),
    cuts: strings(title('阻断处', 'Cut by'), [12, 160]),
    sinceAt: time(title('自', 'Since')),
    kind: oneOf(title('类别', 'Kind'), {
      town: title('乡镇', 'Town'),
      village: title('村', 'Village'),
    }),
    town: text(title('所属乡镇', 'Town'), 60, { nullMeans: 'it is a town' }),
    detourMin: number(title('最近绕行', 'Nearest detour'), ['min', 1, 0, 10_000], {
      nullMeans: 'no place with open roads can be walked to within the limit of the column',
      origin: '≈ on foot over the land to where roads are open, by road to the nearest hospital from there',
    }),
  },
});
