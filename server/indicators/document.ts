// docs/indicators.md out of the definitions: what is computed, how, from what, and what is not connected.
import { signTitles } from './composites.ts';
import { signs } from './define.ts';
import type { IndicatorFacts } from './port.ts';

const HEAD = `# Indicators

Written by \`node server/indicators/write-doc.ts\` out of the definitions in \`server/indicators/\`; change those, not this page.

An indicator is computed from layers and is itself a row of the layer \`indicator-value\`, one for each region. Its state
is \`current\`, \`stale\` (陈旧: the last value, grey, with its age), \`waiting\` (正在取数据: the server has just started),
\`insufficient\` (数据不足) or \`off\` (未接入); the last three have no number. A threshold code a|b|c is normal up to a, yellow up to b, orange up to c and red beyond; lo~hi is a
good band, yellow up to 10 % outside, orange up to 25 %. ★ is a key indicator: it worsens after one sample instead of two,
weighs 2 instead of 1, and caps its vital sign at 59 when red and 79 when orange.

A row that is suspect, bad or older than four periods of its layer is not used; it lowers the coverage, as does a station
of the city package that was never heard of. City values are computed from the rows, never from the values of counties.
Where a layer is event-driven, zero rows are a zero only while a feed that writes it answers. The thresholds below are those of the definitions;
the duty chief changes them on \`/admin/thresholds\` ([access.md](access.md)), and each row says by which it was judged.
`;

const ARROWS: Readonly<Record<string, string>> = { down: '↓', up: '↑', band: '↔' };

/** The whole page; ends with a newline. */
export function indicatorDocument(facts: readonly IndicatorFacts[]): string {
  const computed = facts.filter(({ connected }) => connected);
  const single = computed.filter(({ inputs, sign, slug }) => inputs.length > 0 && slug !== sign);
  const parts = [HEAD];
  for (const sign of signs) {
    const { zh, en } = signTitles[sign];
    const own = single.filter((one) => one.sign === sign);
    const planned = facts.filter((one) => one.sign === sign && !one.connected);
    parts.push(`## ${zh} ${en}\n`);
    for (const one of own) parts.push(entry(one));
    if (planned.length > 0) parts.push(`Not connected:\n\n${planned.map(plannedLine).join('\n')}\n`);
  }
  parts.push('## 专题 Topics\n');
  for (const one of single.filter(({ sign }) => sign === null)) parts.push(entry(one));
  const index = computed.find(({ slug, sign }) => slug === sign);
  parts.push('## 体征 Vital signs\n');
  if (index?.formula) parts.push(`${index.formula.zh}\n\n${index.formula.en}\n`);
  return parts.join('\n');
}

function entry(one: IndicatorFacts): string {
  const lines = [
    `### ${heading(one)}\n`,
    ...(one.formula ? [`${one.formula.zh}\n`, `${one.formula.en}\n`] : []),
    `- \`${one.slug}\`, version ${one.version}; ${one.granularity}, ${one.aggregate}; ${periodOf(one)}`,
    `- thresholds: ${thresholdsOf(one)}`,
    `- from ${one.inputs.map((slug) => `\`${slug}\``).join(', ')}; systems ${one.systems.join(', ')}\n`,
  ];
  return lines.join('\n');
}

const heading = ({ title, key }: IndicatorFacts): string => `${title.zh}${key ? ' ★' : ''} ${title.en}`;

const plannedLine = (one: IndicatorFacts): string =>
  `- ${heading(one)} (\`${one.slug}\`), ${thresholdsOf(one)}; ${one.systems.join(', ')}`;

function thresholdsOf({ limits, direction, unit, aggregate }: IndicatorFacts): string {
  if (aggregate === 'WORST') return 'the level is that of the worst row';
  if (limits.length === 0) return 'none';
  const shown = unit.en === '' ? '' : ` ${unit.en}`;
  const separator = direction === 'band' ? '~' : '|';
  return limits
    .map(({ code, from, to }) => {
      const days = limits.length === 1 ? '' : ` (${from} to ${to ?? 'now'})`;
      return `${ARROWS[direction] ?? ''} ${code.join(separator)}${shown}${days}`;
    })
    .join('; ');
}

function periodOf({ periodS }: IndicatorFacts): string {
  if (periodS === null) return '';
  if (periodS % 3600 === 0) return `each ${periodS / 3600} h`;
  return periodS % 60 === 0 ? `each ${periodS / 60} min` : `each ${periodS} s`;
}
