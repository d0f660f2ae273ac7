/**
 * Answers whether a manifest could say a word: one that does not is spared the reading. YAML spells a letter in many ways behind a
 * backslash, and folds a space into the end of a line; whoever spells a name so must not be spared what befalls it.
 */
export function couldSay(source: string, word: string): boolean {
  return source.includes(word) || source.includes("\\") || /[^\w.-]/.test(word)
}
