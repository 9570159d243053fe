// Limits of rules that people changed, over what the files say: which conditions have one, and the rule with another.
import { CodedError } from '../../contracts/errors.ts';
import type { AlertLeaf, AlertLimit, AlertRule, LimitedPart } from '../../contracts/records/alert-rule.ts';
import { alertSeverities } from '../../contracts/records/alert-rule.ts';

const SIDES = ['above', 'atLeast', 'below', 'atMost'] as const;
type Limited = Extract<AlertLeaf, { kind: 'threshold' | 'rate' }>;

const leavesOf = ({ when }: AlertRule): readonly AlertLeaf[] => ('of' in when ? when.of : [when]);

const isLimited = (leaf: AlertLeaf | undefined): leaf is Limited =>
  leaf?.kind === 'threshold' || leaf?.kind === 'rate';

const sideOf = (leaf: Limited) => SIDES.find((side) => leaf[side] !== undefined);

/** null: there is no such condition, or it has no limit. */
export function limitAt(rule: AlertRule, part: number): AlertLimit | null {
  const leaf = leavesOf(rule)[part];
  const side = isLimited(leaf) ? sideOf(leaf) : undefined;
  return (isLimited(leaf) && side && leaf[side]) || (side ? 0 : null);
}

/** The rule with another limit; as it was where that does not fit it any more. */
export function withLimit(rule: AlertRule, part: number, limit: AlertLimit): AlertRule {
  const leaves = leavesOf(rule);
  const leaf = leaves[part];
  const side = isLimited(leaf) ? sideOf(leaf) : undefined;
  if (!isLimited(leaf) || !side || limitFault(rule, part, limit) !== null) return rule;
  const changed = { ...leaf, [side]: limit };
  const { when } = rule;
  return {
    ...rule,
    when: 'of' in when ? { ...when, of: leaves.map((one, at) => (at === part ? changed : one)) } : changed,
  };
}

/** Why a limit does not fit a condition; null: it does. */
export function limitFault(rule: AlertRule, part: number, limit: AlertLimit): string | null {
  const written = limitAt(rule, part);
  const leaf = leavesOf(rule)[part];
  if (written === null || !isLimited(leaf)) return `part ${part} of rule ${rule.id} has no limit`;
  if (typeof written === 'number' || typeof limit === 'number')
    return typeof written === typeof limit
      ? null
      : `rule ${rule.id} has ${typeof written === 'number' ? 'one limit' : 'a limit for each severity'}`;
  const wanted = alertSeverities.filter((one) => written[one] !== undefined);
  const given = alertSeverities.filter((one) => limit[one] !== undefined);
  if (wanted.join() !== given.join()) return `rule ${rule.id} has limits for ${wanted.join(', ')}`;
  const isRising = ['above', 'atLeast'].includes(sideOf(leaf) ?? '');
  const steps = given.map((one) => Number(limit[one]) * (isRising ? 1 : -1));
  return steps.every((step, at) => at === 0 || step > (steps[at - 1] ?? -Infinity))
    ? null
    : `limits of ${given.join(', ')} must ${isRising ? 'rise' : 'fall'} in this order`;
}

/** @throws CodedError request/not-found, request/invalid */
export function requireLimit(
  rule: AlertRule | undefined,
  id: string,
  asked: { part: number; limit: AlertLimit | null },
): void {
  if (!rule) throw new CodedError('request/not-found', `alert rule ${id}`);
  if (limitAt(rule, asked.part) === null)
    throw new CodedError('request/not-found', `part ${asked.part} of alert rule ${id} with a limit`);
  const fault = asked.limit === null ? null : limitFault(rule, asked.part, asked.limit);
  if (fault !== null) throw new CodedError('request/invalid', `limit: ${fault}`);
}

/** Conditions whose limit can be changed. `written`: the same rules as the files say. */
export function limitedParts(rules: readonly AlertRule[], written: readonly AlertRule[]): LimitedPart[] {
  const files = new Map(written.map((rule) => [rule.id, rule]));
  return rules.flatMap((rule) =>
    leavesOf(rule).flatMap((leaf, part) => {
      const [side, limit] = isLimited(leaf) ? [sideOf(leaf), limitAt(rule, part)] : [];
      const file = files.get(rule.id);
      if (!isLimited(leaf) || !side || limit == null || !file) return [];
      const { id, name, layer, basis, enabled } = rule;
      const facts = { rule: id, name, layer, basis, enabled, part, value: leaf.value, side, limit };
      const perMs = leaf.kind === 'rate' ? leaf.per : null;
      return [{ ...facts, perMs, written: limitAt(file, part) ?? limit }];
    }),
  );
}
