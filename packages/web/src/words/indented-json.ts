const PART = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s"{}[\],:]+/g
const OPENS: ReadonlySet<string> = new Set(["{", "["])
const CLOSES: ReadonlySet<string> = new Set(["}", "]"])

/** Sets JSON out in lines, each value exactly as it is written; what is no JSON stays as it is. */
export function indentedJson(text: string): string {
  if (!isJson(text)) return text
  let depth = 0
  let before = ""
  let lines = ""
  for (const part of text.match(PART) ?? []) {
    if (CLOSES.has(part)) depth--
    if (beginsLine(part, before)) lines += `\n${"  ".repeat(depth)}`
    if (OPENS.has(part)) depth++
    lines += part === ":" ? ": " : part
    before = part
  }
  return lines
}

/** What is empty stays on one line. */
function beginsLine(part: string, before: string): boolean {
  const isFirst = OPENS.has(before)
  return CLOSES.has(part) ? !isFirst : isFirst || before === ","
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
