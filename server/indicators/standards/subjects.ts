// What a 12345 ticket is about, in the standard topics that public posts carry.

/** Words in the name of a category that speak of a topic. Topics that no category speaks of, such as rumours, are not listed. */
const CATEGORY_WORDS: Readonly<Record<string, RegExp>> = {
  民生服务: /公用事业|政务服务|供水|供电|供气|物业/,
  教育医疗: /教育|医疗|卫生健康/,
  交通出行: /交通|停车/,
  环境污染: /环境|环保|生态|污染/,
  安全事故: /公共安全|安全生产|应急/,
  自然灾害: /灾害|内涝|积水/,
  涉企欠薪: /劳动|社保|欠薪/,
  拆迁征地: /拆迁|征地/,
  食品药品: /食品|药品|市场监管/,
  旅游投诉: /旅游|文旅/,
  执法争议: /执法/,
};

export const POLLUTION = '环境污染';

/** Category → its topics; remembers each name it was asked for, since tickets are many and categories few. */
export function createSubjects(): (category: string | null) => readonly string[] {
  const known = new Map<string, readonly string[]>();
  return (category) => {
    if (category === null) return [];
    const before = known.get(category);
    if (before) return before;
    const topics = Object.entries(CATEGORY_WORDS).flatMap(([topic, words]) =>
      words.test(category) ? [topic] : [],
    );
    known.set(category, topics);
    return topics;
  };
}
