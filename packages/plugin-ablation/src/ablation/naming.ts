/** Names of variants as parts of artifact names, each once: `-L3,4` becomes `without-l3-4`. */
export function slugsOf(names: readonly string[]): readonly string[] {
  const slugs = names.map((name) => {
    const words = name
      .toLowerCase()
      .replace(/(^|\/)\s*[-−]/, '$1without-')
      .replaceAll(/[^a-z0-9]+/g, '-')
      .replaceAll(/^-+|-+$/g, '');
    return words === '' ? 'variant' : words;
  });
  return slugs.map((slug, i) => (slugs.indexOf(slug) === i ? slug : `${slug}-number-${i + 1}`));
}
