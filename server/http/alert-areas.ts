// The routes of alerts and clusters for units of one area: what lies outside of it is as if it were not there.
import { CodedError } from '../../contracts/errors.ts';
import { alert as alertLayer } from '../../contracts/layers/alert.ts';
import type { AlertState } from '../../contracts/records/alert.ts';
import { alertStates } from '../../contracts/records/alert.ts';
import type { Cluster } from '../../contracts/records/cluster.ts';
import type { Reach } from '../../contracts/records/reach.ts';
import { isWithin, reachOf, recordReach } from '../../contracts/records/reach.ts';
import type { Alerts, Clusters } from '../alerts/port.ts';
import type { Route } from './route.ts';

/** The same routes in the same order. */
export function alertsInAreas(routes: readonly Route[], alerts: Pick<Alerts, 'list'>): Route[] {
  return routes.map((route) => ({
    ...route,
    answer: (asked, response) => {
      const reach = reachOf(asked.subject.areas, alertLayer);
      if (reach === null) return route.answer(asked, response);
      if (route.path === '/api/alerts') {
        const { state } = asked.query as { readonly state?: AlertState };
        const own = alerts.list(state).filter(({ region }) => isWithin(reach, region));
        response.json({ alerts: own });
        return;
      }
      // A trial on the past goes over the rows of the whole city, and a rule watches all of it.
      if (route.method === 'post' && route.path.startsWith('/api/alert-rules/'))
        throw new CodedError('request/forbidden', 'a rule is of the whole city');
      if (route.method === 'post') {
        const { id, ids = [id] } = asked.body as { readonly id?: unknown; readonly ids?: readonly unknown[] };
        const own = alertStates
          .flatMap((state) => alerts.list(state))
          .filter(({ region }) => isWithin(reach, region));
        const foreign = ids.find((one) => !own.some((alert) => alert.id === one));
        if (foreign !== undefined) throw new CodedError('request/not-found', `alert ${String(foreign)}`);
      }
      return route.answer(asked, response);
    },
  }));
}

/** The same routes in the same order; a cluster that reaches over the border of the area is not shown. */
export function clustersInAreas(routes: readonly Route[], clusters: Pick<Clusters, 'list'>): Route[] {
  return routes.map((route) => ({
    ...route,
    answer: (asked, response) => {
      const reach = recordReach(asked.subject.areas);
      if (reach === null) return route.answer(asked, response);
      const own = clusters.list().filter((cluster) => liesWithin(reach, cluster));
      if (route.method === 'get') {
        const { id } = asked.query as { readonly id?: string };
        response.json({ clusters: own.filter((one) => id === undefined || one.id === id) });
        return;
      }
      const { id, into = id } = asked.body as { readonly id?: unknown; readonly into?: unknown };
      const foreign = [id, into].find((one) => !own.some((cluster) => cluster.id === one));
      if (foreign !== undefined) throw new CodedError('request/not-found', `cluster ${String(foreign)}`);
      return route.answer(asked, response);
    },
  }));
}

const liesWithin = (reach: Reach, { region, signals, count }: Cluster): boolean =>
  count === signals.length &&
  isWithin(reach, region) &&
  signals.every(({ facts }) => isWithin(reach, facts.region));
