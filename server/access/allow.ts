// The one question every route and every socket event asks: may this subject do that?
import type { Label } from '../../contracts/column.ts';
import { labels } from '../../contracts/column.ts';

export interface Subject {
  readonly id: string;
  /** Classes of columns this subject may read. */
  readonly labels: readonly Label[];
}

/** Until there are accounts everybody is this one; it sees all, and what it changes stands under its name in the log. */
export const demoSubject: Subject = { id: 'demo', labels };

export const actions = [
  'connect',
  'subscribe',
  'read-layer',
  'read-history',
  'read-health',
  'read-feeds',
  'read-quarantine',
  'read-city',
  'read-indicators',
  'read-scenes',
  'read-metrics',
  'read-page',
  'read-tiles',
  'deliver',
  'read-still',
  'read-operations',
  'operate',
  'read-alerts',
  'answer-alerts',
  'read-worlds',
  'run-worlds',
  'read-scenarios',
] as const;
export type Action = (typeof actions)[number];

/** What the action is about: a layer, an inbox, a page; the label class where a class is asked for. */
export interface AccessObject {
  readonly kind:
    'world' | 'layer' | 'feed' | 'inbox' | 'page' | 'tiles' | 'server' | 'operation' | 'alert' | 'scenario';
  readonly id: string;
  readonly label?: Label;
  /** The world it is in, where there is one of it in each world. */
  readonly world?: string;
}

export type Allow = (subject: Subject, action: Action, object: AccessObject) => boolean;

/** Everything that is not listed is refused. */
export const allow: Allow = (subject, action, object) => {
  if (object.label !== undefined && !subject.labels.includes(object.label)) return false;
  return (actions as readonly string[]).includes(action);
};
