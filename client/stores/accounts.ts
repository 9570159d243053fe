// Accounts as those see them who keep, approve or audit them, and the audit log. The server decides who may what.
import { shallowRef } from 'vue';
import type { Title } from '../../contracts/column.ts';
import type { Account } from '../../contracts/records/account.ts';
import type { LogEntry } from '../../contracts/records/log-entry.ts';
import type { Proof } from '../../contracts/records/proof.ts';
import { askAccess, type Reply } from './access.ts';

export interface AccountList {
  readonly accounts: readonly Account[];
  /** What can be given. */
  readonly roles: readonly { readonly id: string; readonly title: Title; readonly unit: string | null }[];
  readonly areas: readonly { readonly code: string; readonly name: string }[];
}

/** null until the server has answered once. */
export const accountList = shallowRef<AccountList | null>(null);
export const accountsFault = shallowRef<{ readonly code: string; readonly message: string } | null>(null);

export async function loadAccounts(): Promise<void> {
  const { code, message, value } = await askAccess<AccountList>('GET', '/api/accounts');
  accountsFault.value = code === '' ? null : { code, message };
  if (value) accountList.value = value;
}

interface Changed {
  readonly account: Account;
  /** Of a new or reset account; told once. */
  readonly secret?: string;
}

/** `path`: behind /api/accounts. The list is loaded again when it went well. */
export async function changeAccount(path: string, body: unknown): Promise<Reply<Changed>> {
  const reply = await askAccess<Changed>('POST', `/api/accounts${path}`, body);
  if (reply.code === '') await loadAccounts();
  return reply;
}

export interface AuditPage {
  readonly entries: readonly LogEntry[];
  readonly next: number | null;
  readonly head: { readonly seq: number; readonly hash: string };
}

export function readAudit(asked: Readonly<Record<string, string>>): Promise<Reply<AuditPage>> {
  const query = new URLSearchParams(Object.entries(asked).filter(([, value]) => value !== ''));
  return askAccess<AuditPage>('GET', `/api/audit?${query.toString()}`);
}

/** Reads the chain of every log on the server; `no`: of a case whose steps are told as well, '' for none. */
export function proveRecords(no: string): Promise<Reply<Proof>> {
  return askAccess<Proof>('GET', `/api/audit/proof${no === '' ? '' : `?case=${encodeURIComponent(no)}`}`);
}
