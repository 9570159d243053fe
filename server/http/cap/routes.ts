// /api/warnings…: the warnings in force as CAP 1.2, with an Atom index, for those who pass them on.
import { z } from 'zod';
import type { Column, Title } from '../../../contracts/column.ts';
import { title } from '../../../contracts/declare.ts';
import { CodedError } from '../../../contracts/errors.ts';
import type { Clock } from '../../kit/clock.ts';
import { isWithin, reachOf } from '../../../contracts/records/reach.ts';
import type { Subject } from '../../access/port.ts';
import type { LiveWorld, WorldLayer } from '../../state/port.ts';
import { addressIn } from '../address.ts';
import { labelOf, layerOf, mayRead } from '../layers.ts';
import type { Route } from '../route.ts';
import { route } from '../route.ts';
import type { CapPublisher, WarningRow } from './cap-document.ts';
import { capDocument, capTime, identifierOf } from './cap-document.ts';
import { branch, leaf, mark, xmlDocument } from './xml-text.ts';

const LAYER = 'warning';
const ATOM = 'application/atom+xml';
const CAP = 'application/cap+xml';

export interface CapParts {
  readonly world: LiveWorld;
  readonly clock: Clock;
  readonly city: CapPublisher & { readonly title: Title };
  /** The rows are 演示数据. */
  readonly isDemo: boolean;
}

const about = () => ({ kind: 'layer', id: LAYER }) as const;

export function capRoutes(parts: CapParts): Route[] {
  const { world, city } = parts;
  return [
    route({
      method: 'get',
      path: '/api/warnings.cap.atom',
      title: title('生效预警目录', 'The warnings in force, as an Atom index of CAP documents'),
      answers: { type: ATOM },
      action: 'read-layer',
      about,
      query: z.strictObject({}),
      answer: ({ request, subject }, response) => {
        const messages = messagesOf(layerOf(world, LAYER), subject);
        response.set('Cache-Control', 'no-cache');
        response.type(ATOM).send(indexOf(messages, parts, (path) => addressIn(request, path)));
      },
    }),
    route({
      method: 'get',
      path: '/api/warnings/:id.cap',
      title: title('一条预警', 'One warning as CAP 1.2'),
      answers: { type: CAP },
      action: 'read-layer',
      about,
      query: z.strictObject({}),
      answer: ({ params, subject }, response) => {
        const messages = messagesOf(layerOf(world, LAYER), subject);
        const message = messages.find((rows) => rows.some(({ key }) => key === params.id));
        if (!message) {
          throw new CodedError('request/not-found', `warning ${params.id}: no more in force, or never known`);
        }
        response.set('Cache-Control', 'no-cache');
        response.type(CAP).send(capDocument(message, city));
      },
    }),
  ];
}

/** Rows that came in one message, by the keys of their first; what a subject may not read is null. */
function messagesOf({ layer, table }: WorldLayer, subject: Subject): WarningRow[][] {
  const label = labelOf(subject, layer.slug);
  const reach = reachOf(subject.areas, layer);
  const hidden = Object.entries<Column>(layer.columns).filter(([, column]) => !mayRead(column, label));
  const nulls = Object.fromEntries(hidden.map(([name]) => [name, null]));
  const readable = [...table.rows()].filter(({ regionCode }) => isWithin(reach, regionCode));
  const rows = readable.map(
    (row) => ({ ...row, values: { ...row.values, ...nulls } }) as unknown as WarningRow,
  );
  const sorted = rows.sort((a, b) => (a.key < b.key ? -1 : 1));
  return [...Map.groupBy(sorted, ({ key, values }) => values.issuedBy ?? key).values()];
}

function indexOf(
  messages: readonly (readonly WarningRow[])[],
  { city, clock, isDemo }: CapParts,
  address: (path: string) => string,
): string {
  const self = address('/api/warnings.cap.atom');
  const at = (moment: number): string => capTime(moment, city.timeZone);
  const newest = Math.max(...messages.map(([first]) => first?.validAt ?? 0));
  const entries = messages.flatMap((rows) => {
    const [first] = rows;
    if (!first) return [];
    const href = address(`/api/warnings/${encodeURIComponent(first.key)}.cap`);
    return branch('entry', [
      leaf('id', `urn:cap:${identifierOf(first, city)}`),
      leaf('title', first.values.title ?? first.values.event ?? '预警'),
      leaf('updated', at(first.validAt)),
      mark('link', { rel: 'alternate', type: CAP, href }),
    ]);
  });
  const name = `${city.title.zh} ${city.title.en}`;
  const feed = [
    leaf('id', self),
    leaf('title', `${name} 预警 Warnings${isDemo ? ' (演示数据 demo data)' : ''}`),
    leaf('updated', at(messages.length === 0 ? clock.now() : newest)),
    branch('author', [leaf('name', name)]),
    mark('link', { rel: 'self', type: ATOM, href: self }),
    ...entries,
  ];
  return xmlDocument(branch('feed', feed, { xmlns: 'http://www.w3.org/2005/Atom' }));
}
