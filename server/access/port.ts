// What other areas see of access: types only, the instance comes from the composition root.
export type { AccessObject, Action, Allow, Subject } from './allow.ts';
