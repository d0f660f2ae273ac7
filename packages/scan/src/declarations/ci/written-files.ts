import { shellCommands } from "./shell-commands.ts"

/** A file that a script writes from its own text. */
export interface WrittenFile {
  readonly path: string
  readonly text: string
}

const LONGEST_SCRIPT = 256 * 1024
/** A line that opens a here-document is short; looking for its parts takes time that grows with it. */
const LONGEST_LINE = 500
const HERE = /<<-?[ \t]*["']?(\w+)["']?/
const TARGET = /(?:>{1,2}|\btee)[ \t]*(?:-a[ \t]+)?["']?([\w./~${}-]+\.json)\b/

/** Answers the configurations that a script writes: from a here-document, or from a text that it echoes into a file. */
export function writtenFiles(script: string): readonly WrittenFile[] {
  return script.length > LONGEST_SCRIPT ? [] : [...hereDocuments(script), ...echoed(script)]
}

function hereDocuments(script: string): readonly WrittenFile[] {
  const lines = script.split("\n")
  // What looks open and never ends was no here-document: a text that only holds the sign.
  const lastOf = new Map(lines.map((line, at) => [line.trim(), at]))
  const files: WrittenFile[] = []
  for (let at = 0; at < lines.length; at++) {
    const line = (lines[at] ?? "").slice(0, LONGEST_LINE)
    const end = endOfHere(line)
    if (end === undefined || (lastOf.get(end) ?? 0) <= at) continue
    const from = at + 1
    at = lines.findIndex((later, place) => place >= from && later.trim() === end)
    const path = TARGET.exec(line)?.[1]
    if (path !== undefined) files.push({ path, text: lines.slice(from, at).join("\n") })
  }
  return files
}

/** Answers the word that ends the here-document which a line opens, or undefined where it opens none. */
function endOfHere(line: string): string | undefined {
  return line.trimStart().startsWith("#") ? undefined : HERE.exec(line)?.[1]
}

/** The words of a redirection stand behind those of its command. */
function echoed(script: string): readonly WrittenFile[] {
  return shellCommands(script).flatMap(([program, ...words]) => {
    const path = words.at(-1) ?? ""
    const text = words.find((word) => word.trimStart().startsWith("{"))
    const writes = (program === "echo" || program === "printf") && path.endsWith(".json")
    return writes && text !== undefined ? [{ path, text }] : []
  })
}
