// People and devices that may come in: accounts, their roles and areas, sessions; and what may be asked about them.
import { z } from 'zod';
import type { Label, Title } from '../column.ts';
import { WHOLE_CITY } from './reach.ts';

/** In the order in which people read them; what each may do is data: server/access/rights.yaml. */
export const roles = [
  'leader',
  'commander',
  'deputy-commander',
  'duty-chief',
  'duty-officer',
  'dept-liaison',
  'county-center',
  'town-officer',
  'grid-worker',
  'expert',
  'analyst',
  'publisher',
  'sys-admin',
  'sec-admin',
  'auditor',
  'viewer-wall',
] as const;
export type Role = (typeof roles)[number];
export const roleSchema = z.enum(roles);

/** person: signs in by name and password; device: a wall screen, by its token. */
export const accountKinds = ['person', 'device'] as const;
export type AccountKind = (typeof accountKinds)[number];

/** asked: waits for a second person; active; disabled: for good or until somebody allows it again. */
export const accountStates = ['asked', 'active', 'disabled'] as const;
export type AccountState = (typeof accountStates)[number];

const area = z
  .string()
  .refine(
    (code) => code === WHOLE_CITY || /^(\d{6}(\d{3})?|dept:[a-z][a-z-]{0,40})$/.test(code),
    '* for the whole city, the code of a county (6 digits) or a town (9 digits), or a department (dept:police)',
  );
export const accountId = z
  .string()
  .regex(/^[a-z][a-z0-9.-]{1,31}$/, '2 to 32 of a–z, 0–9, dot and hyphen, beginning with a letter');
const reason = z.string().trim().min(1).max(500);

export const grantSchema = z.strictObject({
  roles: z.array(roleSchema).min(1).max(4),
  areas: z.array(area).min(1).max(20),
});
export type Grant = z.infer<typeof grantSchema>;

export const newAccountSchema = z.strictObject({
  id: accountId,
  /** Of the person or the place of the screen, as others read it. */
  name: z.string().trim().min(1).max(40),
  kind: z.enum(accountKinds).default('person'),
  ...grantSchema.shape,
});
export type NewAccount = z.infer<typeof newAccountSchema>;

export const changedGrantSchema = z.strictObject({ ...grantSchema.shape, reason });
export type ChangedGrant = z.infer<typeof changedGrantSchema>;
export const reasonSchema = z.strictObject({ reason });

/** An account as those who keep accounts see it: no password, no secret. */
export interface Account extends Grant {
  readonly id: string;
  readonly name: string;
  readonly kind: AccountKind;
  readonly state: AccountState;
  /** What somebody asked for and a second person has not decided; null: nothing. */
  readonly asked: (Grant & { readonly by: string; readonly at: number }) | null;
  /** Epoch ms. */
  readonly createdAt: number;
  readonly createdBy: string;
  readonly hasTotp: boolean;
  /** Its role is not held without a second factor. */
  readonly needsTotp: boolean;
  /** A person must choose a password of their own first. */
  readonly mustChange: boolean;
  /** Sessions that are open now. */
  readonly sessions: number;
  /** Epoch ms of the last sign-in; null: never. */
  readonly lastAt: number | null;
  /** The last change that can be taken back, as its kind; null: there is none. */
  readonly undo: string | null;
}

const secret = z.string().min(1).max(200);

const code = z.string().regex(/^\d{6}$/, 'six digits');

export const signInSchema = z.strictObject({
  name: z.string().min(1).max(60),
  password: secret,
  /** Where the account has a second factor. */
  code: code.optional(),
});
export type SignIn = z.infer<typeof signInSchema>;
/** Of the account that is signed in: the code where it has a second factor, else the password; an account of a demonstration neither. */
export const stepUpSchema = z.strictObject({ password: secret.optional(), code: code.optional() });
export type StepUp = z.infer<typeof stepUpSchema>;
export const deviceSignInSchema = z.strictObject({ token: secret });
export const demoSignInSchema = z.strictObject({ account: z.string().min(1).max(60) });
export const newPasswordSchema = z.strictObject({ old: secret, new: secret });
/** secret: as it was proposed; null: no second factor any more. */
export const totpSchema = z.strictObject({
  password: secret,
  secret: z
    .string()
    .regex(/^[A-Z2-7]{32}$/, '32 letters of base32')
    .nullable(),
  code,
});
export type TotpChange = z.infer<typeof totpSchema>;

/** Who this page is, as GET /api/session says. */
export interface SessionView {
  /** null: nobody; sign in first. */
  readonly who: {
    readonly id: string;
    readonly name: string;
    readonly roles: readonly { readonly id: string; readonly title: Title }[];
    readonly areas: readonly string[];
    readonly labels: readonly Label[];
  } | null;
  /** Of every area named here but the whole city. */
  readonly areaNames: Readonly<Record<string, Title>>;
  /** Actions of server/access/rights.yaml that are open to this subject somewhere. */
  readonly may: readonly string[];
  readonly mustChange: boolean;
  readonly hasTotp: boolean;
  /** The role is not held without a second factor: without one nothing else is open to them. */
  readonly needsTotp: boolean;
  /** What is asked once more before what is sensitive: demo a mere yes, as there is no password; null: nothing. */
  readonly stepUp: 'password' | 'code' | 'demo' | null;
  /** What they took alone in an emergency, and what they could take. */
  readonly breakGlass: {
    /** null: nothing. leftS: seconds until it ends by itself. */
    readonly held: { readonly role: Role; readonly title: Title; readonly leftS: number } | null;
    readonly offers: readonly { readonly id: Role; readonly title: Title }[];
  };
  /** Seconds without a touch after which the session ends; null: it does not. */
  readonly idleS: number | null;
  /** Accounts of the demonstration that anybody may become; null: this server is no demonstration. */
  readonly demo:
    | readonly {
        readonly id: string;
        readonly name: string;
        readonly title: Title;
        readonly areas: readonly string[];
      }[]
    | null;
}
