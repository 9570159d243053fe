// The query options of OGC SensorThings 1.1 (part 1, §9.3) over entities in memory: $filter, $orderby, $top, $skip,
// $count, $select and nested $expand.

export type Entity = Readonly<Record<string, unknown>>;
/** Related entities of one entity by navigation name; undefined: no such navigation. The query to follow is a hint. */
export type Navigate = (entity: Entity, name: string, query?: Query) => Entity | Entity[] | undefined;

export interface Query {
  filter: ((entity: Entity) => boolean) | null;
  filterText: string;
  orderBy: { path: string; descending: boolean }[];
  top: number | null;
  skip: number;
  count: boolean;
  select: string[];
  expand: { name: string; query: Query }[];
}

/** What answers a query: its navigation and its largest page. */
export interface Service {
  navigate: Navigate;
  maxTop: number;
}

export class QueryError extends Error {}

type Value = string | number | boolean | null;
type Node = (entity: Entity, navigate: Navigate) => Value;

const TOKEN =
  /\s*(?:('(?:[^']|'')*')|([()])|(\d{4}-\d{2}-\d{2}T[0-9:.]+(?:Z|[+-]\d{2}:\d{2}))|(-?\d+(?:\.\d+)?(?![\w-]))|([@\w./]+))/y;

function tokens(text: string): string[] {
  const found: string[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.trimEnd().length) {
    const at = TOKEN.lastIndex;
    const match = TOKEN.exec(text);
    if (match === null) throw new QueryError(`$filter "${text}" → not understood at ${at}`);
    found.push(match[0].trim());
  }
  return found;
}

/** Value at a path such as `result`, `properties/factor`, `Datastream/id`. */
export function valueAt(entity: Entity, path: string, navigate: Navigate): Value {
  let current: unknown = entity;
  for (const part of path.split('/')) {
    if (typeof current !== 'object' || current === null) return null;
    const e = current as Entity;
    const own = part === 'id' ? e['@iot.id'] : e[part];
    const related = own === undefined ? navigate(e, part) : undefined;
    current = own ?? (Array.isArray(related) ? related[0] : related);
  }
  return typeof current === 'string' || typeof current === 'number' || typeof current === 'boolean'
    ? current
    : null;
}

const comparable = (value: Value): Value => {
  if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}T/.test(value)) return value;
  const at = Date.parse(value.split('/')[0] ?? value);
  return Number.isFinite(at) ? at : value;
};

const COMPARE: Readonly<Record<string, (a: Value, b: Value) => boolean>> = {
  eq: (a, b) => a === b,
  ne: (a, b) => a !== b,
  gt: (a, b) => a !== null && b !== null && a > b,
  ge: (a, b) => a !== null && b !== null && a >= b,
  lt: (a, b) => a !== null && b !== null && a < b,
  le: (a, b) => a !== null && b !== null && a <= b,
};

/** $filter → predicate. Comparisons with and, or, not and parentheses; other functions throw a QueryError. */
export function parseFilter(text: string, navigate: Navigate): (entity: Entity) => boolean {
  const list = tokens(text);
  let at = 0;
  const peek = (): string | undefined => list[at];
  const operand = (): Node => {
    const token = list[at++];
    if (token === undefined) throw new QueryError(`$filter "${text}" → ends too early`);
    if (token.startsWith("'")) return () => token.slice(1, -1).replaceAll("''", "'");
    if (/^\d{4}-\d{2}-\d{2}T/.test(token)) return () => token;
    if (/^-?\d+(\.\d+)?$/.test(token)) return () => Number(token);
    if (token === 'true' || token === 'false') return () => token === 'true';
    if (peek() === '(') throw new QueryError(`function ${token} → not served`);
    return (entity, nav) => valueAt(entity, token, nav);
  };
  const primary = (): ((entity: Entity) => boolean) => {
    if (peek() === 'not') {
      at++;
      const inner = primary();
      return (e) => !inner(e);
    }
    if (peek() === '(') {
      at++;
      const inner = either();
      if (list[at++] !== ')') throw new QueryError(`$filter "${text}" → a bracket is not closed`);
      return inner;
    }
    const left = operand();
    const word = list[at++] ?? '';
    const compare = COMPARE[word];
    if (compare === undefined) throw new QueryError(`$filter "${text}" → "${word}" is no comparison`);
    const right = operand();
    return (e) => compare(comparable(left(e, navigate)), comparable(right(e, navigate)));
  };
  const both = (): ((entity: Entity) => boolean) => {
    let left = primary();
    while (peek() === 'and') {
      at++;
      const [a, b] = [left, primary()];
      left = (e) => a(e) && b(e);
    }
    return left;
  };
  const either = (): ((entity: Entity) => boolean) => {
    let left = both();
    while (peek() === 'or') {
      at++;
      const [a, b] = [left, both()];
      left = (e) => a(e) || b(e);
    }
    return left;
  };
  const predicate = either();
  if (at < list.length) throw new QueryError(`$filter "${text}" → not understood from "${list[at] ?? ''}"`);
  return predicate;
}

/** Splits at a separator outside brackets and quotes. */
function split(text: string, separator: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let quoted = false;
  let part = '';
  for (const c of text) {
    if (c === "'") quoted = !quoted;
    if (!quoted && c === '(') depth++;
    if (!quoted && c === ')') depth--;
    if (c === separator && depth === 0 && !quoted) {
      parts.push(part);
      part = '';
    } else part += c;
  }
  return part === '' ? parts : [...parts, part];
}

function wholeNumber(name: string, text: string): number {
  if (!/^\d+$/.test(text)) throw new QueryError(`${name}=${text} → a whole number`);
  return Number(text);
}

function parseExpand(text: string, navigate: Navigate): Query['expand'] {
  return split(text, ',').map((item) => {
    const match = /^([\w/]+)(?:\((.*)\))?$/s.exec(item.trim());
    if (match === null) throw new QueryError(`$expand=${item} → not understood`);
    const [head = '', ...rest] = (match[1] ?? '').split('/');
    const options = new Map(
      split(match[2] ?? '', ';').map((o): [string, string] => [
        o.slice(0, o.indexOf('=')).trim(),
        o.slice(o.indexOf('=') + 1),
      ]),
    );
    if (rest.length > 0) options.set('$expand', rest.join('/'));
    return { name: head, query: parseQuery(options, navigate) };
  });
}

const OPTIONS = new Set([
  '$filter',
  '$orderby',
  '$top',
  '$skip',
  '$count',
  '$select',
  '$expand',
  '$resultFormat',
]);

/** Query options → Query; an unknown option or a bad value throws a QueryError. */
export function parseQuery(options: Iterable<[string, string]>, navigate: Navigate): Query {
  const given = new Map(options);
  for (const name of given.keys())
    if (!OPTIONS.has(name)) throw new QueryError(`option ${name} → not served`);
  const text = (name: string): string => given.get(name) ?? '';
  return {
    filter: text('$filter') === '' ? null : parseFilter(text('$filter'), navigate),
    filterText: text('$filter'),
    orderBy: split(text('$orderby'), ',').map((item) => {
      const [path = '', direction = 'asc'] = item.trim().split(/\s+/);
      return { path, descending: direction === 'desc' };
    }),
    top: given.has('$top') ? wholeNumber('$top', text('$top')) : null,
    skip: given.has('$skip') ? wholeNumber('$skip', text('$skip')) : 0,
    count: text('$count') === 'true',
    select: split(text('$select'), ',').map((name) => name.trim()),
    expand: parseExpand(text('$expand'), navigate),
  };
}

function project(entity: Entity, query: Query, service: Service): Entity {
  const { navigate } = service;
  const selected =
    query.select.length === 0
      ? entity
      : Object.fromEntries(
          query.select.map((name) => (name === 'id' ? ['@iot.id', entity['@iot.id']] : [name, entity[name]])),
        );
  const expanded = query.expand.map(({ name, query: inner }): [string, unknown] => {
    const related = navigate(entity, name, inner);
    if (related === undefined) throw new QueryError(`$expand=${name} → no such navigation`);
    return [
      name,
      Array.isArray(related) ? apply(related, inner, service).page : project(related, inner, service),
    ];
  });
  return { ...selected, ...Object.fromEntries(expanded) };
}

/** Filters, orders, pages and expands. `more` says whether entities are left after the page. */
export function apply(
  entities: readonly Entity[],
  query: Query,
  service: Service,
): { page: Entity[]; total: number; more: boolean } {
  const { navigate, maxTop } = service;
  const { filter } = query;
  const matching = filter === null ? [...entities] : entities.filter(filter);
  if (query.orderBy.length > 0) {
    matching.sort((a, b) => {
      for (const { path, descending } of query.orderBy) {
        const x = comparable(valueAt(a, path, navigate)) ?? 0;
        const y = comparable(valueAt(b, path, navigate)) ?? 0;
        if (x !== y) return x < y === descending ? 1 : -1;
      }
      return 0;
    });
  }
  const size = Math.min(query.top ?? maxTop, maxTop);
  const page = matching.slice(query.skip, query.skip + size);
  return {
    page: page.map((entity) => project(entity, query, service)),
    total: matching.length,
    more:
      query.skip + size < matching.length &&
      (query.top === null || query.top > size || query.top < matching.length),
  };
}
