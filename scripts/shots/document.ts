// docs/pictures.md: the pictures that are there, in the order of the list.
import { besides, moment, pictures } from './pictures.ts';

interface Row {
  readonly name: string;
  readonly title: string;
  readonly size: string;
}

const rows: readonly Row[] = [
  ...pictures.map(({ name, title, width, height }) => ({ name, title, size: `${width} × ${height}` })),
  { name: besides.name, title: besides.title, size: `2 × ${besides.width} × ${besides.height}, three times` },
];

/** Names of all pictures the product has. */
export const pictureNames: readonly string[] = rows.map(({ name }) => name);

export const fileOf = (name: string): string => `${name}.jpg`;

/** @param files what docs/shots holds */
export function pictureDocument(files: readonly string[]): string {
  const there = rows.filter(({ name }) => files.includes(fileOf(name)));
  const lines = there.map(
    ({ name, title, size }) => `| [${name}](shots/${fileOf(name)}) | ${title} | ${size} |`,
  );
  return `# Pictures

Written by \`npm run shots\` out of [scripts/shots/pictures.ts](../scripts/shots/pictures.ts); change that, not this page.
All show the simulated city with seed ${moment.seed} at ${moment.at.slice(0, 16).replace('T', ' ')}, a moment later each, after
${moment.hoursBefore} hours of its life: 演示数据.

| Picture | Shows | Size |
| --- | --- | --- |
${lines.join('\n')}

\`npm run shots -- --only overview\` takes those whose names begin so, \`--out <folder>\` puts them elsewhere, \`--fast\` leaves
out the hours before. In the composite both sides look through the same lens from the same place; the right one is a
\`CesiumWidget\` as it comes, on its bare ellipsoid, with the picture of the Earth that its package brings.
`;
}
