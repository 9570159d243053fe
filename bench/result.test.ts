import { describe, expect, it } from 'vitest';
import { atLeast, atMost, check, exactly, jsonLine, readable, result, shown } from './result.ts';

const finding = {
  name: 'tick-cpu',
  value: 10,
  unit: 'ms',
  rival: { name: 'JSON', value: 60 },
  target: atLeast(5),
  valid: true,
  checks: [check('lost', [0, 'packets'], exactly(0))],
};

describe('result', () => {
  it('says how many times better than the rival', () => {
    const of = result(finding);
    expect(of).toMatchObject({ ratio: 6, rival: 'JSON', rivalValue: 60, target: '>=5', ok: true });
    expect(result({ ...finding, rival: { name: 'JSON', value: 49 } }).ok).toBe(false);
  });

  it('judges the value where there is no rival', () => {
    const { rival: _, ...alone } = finding;
    expect(result({ ...alone, target: atMost(10) })).toMatchObject({ ratio: null, rival: '', ok: true });
    expect(result({ ...alone, target: atMost(9) }).ok).toBe(false);
  });

  it('fails with any check, and with what could not be measured', () => {
    expect(result({ ...finding, checks: [check('lost', [1, 'packets'], exactly(0))] }).ok).toBe(false);
    expect(result({ ...finding, value: NaN }).ok).toBe(false);
    expect(check('p99', [NaN, 'ms'], atMost(5)).ok).toBe(false);
  });

  it('prints one JSON line of exactly the agreed fields', () => {
    const line = jsonLine(result(finding));
    expect(line).not.toContain('\n');
    expect(Object.keys(JSON.parse(line) as object)).toEqual([
      'name',
      'value',
      'unit',
      'rival',
      'rivalValue',
      'ratio',
      'target',
      'ok',
      'valid',
      'checks',
    ]);
  });

  it('warns people of a run that says nothing', () => {
    expect(readable(result({ ...finding, valid: false }))).toContain('NOT VALID');
    expect(readable(result(finding))).not.toContain('NOT VALID');
  });
});

describe('shown', () => {
  it('keeps three digits', () => {
    expect([0.012345, 1.2345, 99.94, 123.4, -5.678].map(shown)).toEqual([0.0123, 1.23, 99.9, 123, -5.68]);
    expect(shown(Infinity)).toBeNaN();
  });
});
