// The one question every route and every socket event asks: may this subject do that?
import type { Label } from '../../contracts/column.ts';
import { labels } from '../../contracts/column.ts';
import type { Role } from '../../contracts/records/account.ts';
import { isWithin, recordReach, WHOLE_CITY } from '../../contracts/records/reach.ts';
import type { Action } from './actions.ts';
import type { Rights } from './rights.ts';
import { readRights } from './rights.ts';

export { actions } from './actions.ts';
export type { Action } from './actions.ts';

/** Of nobody's account: everything but what accounts and the audit log hold. Only a demonstration has it. */
export const DEMO_ROLE = 'demo';

export interface Subject {
  /** Of the account, as logs name it; '': nobody. */
  readonly id: string;
  readonly name: string;
  readonly roles: readonly (Role | typeof DEMO_ROLE)[];
  /** Region codes, departments, or * for the whole city: contracts/records/reach.ts. */
  readonly areas: readonly string[];
  /** Classes of columns this subject may read. */
  readonly labels: readonly Label[];
  /** Layers that systems of their departments alone write: of these a department reads more than what is public. */
  readonly owns?: ReadonlySet<string>;
}

/** Who opens a page of a demonstration: a duty officer who may try everything; what it changes stands under its name. */
export const demoSubject: Subject = {
  id: 'demo',
  name: '演示值班员',
  roles: ['duty-officer', DEMO_ROLE],
  areas: [WHOLE_CITY],
  labels,
};

/** Who has not signed in. */
export const nobody: Subject = { id: '', name: '', roles: [], areas: [], labels: [] };

/** What the action is about: a layer, an inbox, a page; the label class where a class is asked for. */
export interface AccessObject {
  readonly kind:
    | 'world'
    | 'layer'
    | 'feed'
    | 'inbox'
    | 'page'
    | 'tiles'
    | 'server'
    | 'operation'
    | 'incident'
    | 'message'
    | 'alert'
    | 'duty'
    | 'plan'
    | 'evidence'
    | 'order'
    | 'option'
    | 'advice'
    | 'acknowledgement'
    | 'call'
    | 'situation'
    | 'crisis'
    | 'scenario'
    | 'session'
    | 'account'
    | 'resources'
    | 'roads'
    | 'hazards'
    | 'glass'
    | 'export'
    | 'audit';
  readonly id: string;
  readonly label?: Label;
  /** The world it is in, where there is one of it in each world. */
  readonly world?: string;
  /** Code of the region it lies in, where that matters: nothing of another area is touched. */
  readonly region?: string;
}

export type Allow = (subject: Subject, action: Action, object: AccessObject) => boolean;

/** What an account keeper or an auditor does is nobody's to try without becoming one. */
const NOT_DEMO: readonly Action[] = [
  ...(['read-accounts', 'change-accounts', 'approve-accounts', 'read-audit'] as const),
  ...(['read-break-glass', 'review-break-glass', 'read-exports', 'approve-exports'] as const),
  ...(['read-feed-settings', 'change-feed-settings', 'keep-feed-secrets'] as const),
];

/** `isCrisis`: whether 战时 holds in one of these areas. Everything that is not listed is refused. */
export function createAllow(rights: Rights, isCrisis: (areas: readonly string[]) => boolean): Allow {
  return (subject, action, { label, region }) => {
    if (rights.isOpen(action)) return true;
    if (label !== undefined && !subject.labels.includes(label)) return false;
    if (region !== undefined && !isWithin(recordReach(subject.areas), region)) return false;
    const crisis = isCrisis(subject.areas);
    return subject.roles.some((role) =>
      role === DEMO_ROLE ? !NOT_DEMO.includes(action) : rights.may(role, action, crisis),
    );
  };
}

/** With the rights of peacetime. */
export const allow: Allow = createAllow(readRights(), () => false);
