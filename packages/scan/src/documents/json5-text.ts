/** Texts, comments and bare names before a colon; each begins where the one before ended, so that none is looked at twice. */
const TOKENS =
  /"(?:[^"\\\n]|\\[^\n])*"|'((?:[^'\\\n]|\\[^\n])*)'|\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|(?<![\w$])([A-Za-z_$][\w$]*)(?![\w$])(?=\s*:)/g

/** Answers JSON5's names and texts as JSON writes them, each on the line where it stood. */
export function json5AsJson(text: string): string {
  return text.replaceAll(TOKENS, (token: string, quoted: string | undefined, name: string | undefined) => {
    if (name !== undefined) return `"${name}"`
    return quoted === undefined ? token : inDoubleQuotes(quoted)
  })
}

function inDoubleQuotes(quoted: string): string {
  const inner = quoted.replaceAll(/\\(.)|"/g, (mark: string, escaped: string | undefined) =>
    escaped === "'" ? "'" : mark === '"' ? '\\"' : mark,
  )
  return `"${inner}"`
}
