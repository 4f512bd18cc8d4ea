/** One class a line; line 1 is class 0. Blank lines at the end do not count. */
export const parseLabels = (text: string): readonly string[] =>
  text
    .replace(/^\uFEFF/, '')
    .trimEnd()
    .split(/\r?\n/)
    .map((line) => line.trim());

/** Lines `n01440764 tench, Tinca tinca` without the WordNet number in front. */
export const parseSynsets = (text: string): readonly string[] => parseLabels(text).map((line) => line.replace(/^n\d{8}\s+/, ''));
