import { number, oneOf, position, strings, text, time, title } from '../declare.ts';
import { defineLayer } from '../layer.ts';

/** Towns from which no open road leads to a hospital or to a county seat; computed from the road graph (docs/resources.md). */
export const isolatedPlace = defineLayer({
  slug: 'isolated-place',
  title: title('孤岛乡镇', 'Isolated towns'),
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
      origin: 'the city package: residents, not who is there now',
    }),
    lost: oneOf(title('失去', 'Lost'), {
      both: title('医院和县城', 'Hospital and seat'),
      hospital: title('医院', 'Hospital'),
      seat: title('县城', 'Seat'),
    }),
    cuts: strings(title('阻断处', 'Cut by'), [12, 160]),
    sinceAt: time(title('自', 'Since')),
  },
});
