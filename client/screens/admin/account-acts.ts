// What can be done about an account, by whom: the server refuses the rest anyway, the page does not offer it.
import { title } from '../../../contracts/declare.ts';
import type { Account } from '../../../contracts/records/account.ts';

export const accountWords = {
  enrols: title('待启用双因素', 'second factor not set yet'),
  active: title('启用', 'Active'),
  disabled: title('停用', 'Disabled'),
  asked: title('待批准', 'Waits for approval'),
  asks: title('申请', 'asks for'),
  sessions: title('在线', 'Signed in'),
  city: title('全市', 'Whole city'),
  approve: title('批准', 'Approve'),
  decline: title('拒绝', 'Decline'),
  edit: title('调整授权', 'Other roles'),
  reset: title('重置密码', 'New password'),
  'sign-out': title('结束会话', 'End sessions'),
  disable: title('停用账号', 'Disable'),
  enable: title('启用账号', 'Enable'),
  undo: title('撤销上一步', 'Take the last change back'),
} as const;

export type Act = 'approve' | 'decline' | 'edit' | 'reset' | 'sign-out' | 'disable' | 'enable' | 'undo';

/** `own`: id of who looks; nobody changes an own account. */
export function actsOn(
  { id, state, asked, sessions, undo }: Account,
  own: string,
  may: { readonly keeps: boolean; readonly approves: boolean },
): Act[] {
  if (id === own) return [];
  const acts: Act[] = [];
  if (may.approves && asked && asked.by !== own) acts.push('approve', 'decline');
  if (!may.keeps) return acts;
  if (state !== 'disabled') acts.push('edit', 'reset');
  if (sessions > 0) acts.push('sign-out');
  acts.push(state === 'disabled' ? 'enable' : 'disable');
  if (undo !== null) acts.push('undo');
  return acts;
}
