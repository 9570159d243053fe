// What can be done about a crisis that holds, and about a proposal.
import type { Title } from '../../../contracts/column.ts';
import { title } from '../../../contracts/declare.ts';
import type { Crisis, Proposal, Switch } from '../../../contracts/records/crisis.ts';
import { kindTitles } from '../../../contracts/records/incident.ts';
import { responseTitles } from '../../../contracts/records/plan.ts';
import type { ProposalDeed } from '../../stores/crisis.ts';
import { say, session } from '../../stores/session.ts';

export type Deed = { readonly title: Title } & (
  | { readonly kind: ProposalDeed; readonly id: number }
  | { readonly kind: 'confirm' | 'justified' | 'unjustified'; readonly id: number }
  | { readonly kind: 'propose-end' | 'propose-rollback' | 'end-alone'; readonly change: Switch }
);

const words = {
  end: title('提议恢复平时', 'Propose peacetime'),
  rollback: title('提议撤回上一次切换', 'Propose to take the last switch back'),
  alone: title('恢复平时', 'Back to peacetime'),
  confirm: title('确认（第二人）', 'Confirm (second person)'),
  approve: title('批准并执行', 'Approve and do'),
  refuse: title('不批准', 'Refuse'),
  withdraw: title('撤回提议', 'Withdraw'),
  justified: title('复核：必要', 'Reviewed: it had to be'),
  unjustified: title('复核：不必要', 'Reviewed: it had not'),
};

/** @param self id of who looks: a proposal is withdrawn by who made it, approved by others */
export function deedsOf(one: Crisis | Proposal, self = ''): readonly Deed[] {
  if ('state' in one) {
    const { id, by } = one;
    if (by === self) return [{ kind: 'withdraw', id, title: words.withdraw }];
    return [
      { kind: 'approve', id, title: words.approve },
      { kind: 'refuse', id, title: words.refuse },
    ];
  }
  const end = { verb: 'end', area: one.area } as const;
  if (one.isAlone)
    return [
      { kind: 'confirm', id: one.id, title: words.confirm },
      { kind: 'end-alone', change: end, title: words.alone },
    ];
  return [
    { kind: 'propose-end', change: end, title: words.end },
    { kind: 'propose-rollback', change: { verb: 'rollback', area: one.area }, title: words.rollback },
  ];
}

/** Of what one person did alone and nobody has looked at. */
export const reviewsOf = (id: number): readonly Deed[] =>
  (['justified', 'unjustified'] as const).map((kind) => ({ kind, id, title: words[kind] }));

/** 「洪涝灾害Ⅲ级响应、…」 */
export const levelText = (responses: Crisis['responses']): string =>
  responses
    .map(({ kind, level }) => `${say(kindTitles[kind])} ${say(responseTitles[level])}`)
    .join(session.locale === 'zh' ? '、' : ', ');
