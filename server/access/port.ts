// What other areas see of access: types only, the instance comes from the composition root.
export type { AccountBook } from './account-book.ts';
export type { AccessObject, Action, Allow, Subject } from './allow.ts';
export type { AuditKind, AuditNote, AuditTrail } from './audit-trail.ts';
export type { Caller, Door } from './door.ts';
export type { ExportDesk } from './export-book.ts';
export type { GlassBook, GlassHand } from './glass-book.ts';
export type { Proofs } from './proof.ts';
export type { SignInDesk } from './sign-in.ts';
export type { Session, SessionBook } from './session-book.ts';
