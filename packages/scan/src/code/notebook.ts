import { asFields, asTexts, field } from "../documents/fields.ts"

/** Answers the code of a notebook's cells, without what only the notebook understands; undefined where it is none. */
export function notebookCode(text: string): string | undefined {
  const cells = field(asFields(parsed(text)), "cells")
  if (!Array.isArray(cells)) return undefined
  return cells
    .map((cell) => asFields(cell))
    .filter((cell) => field(cell, "cell_type") === "code")
    .map((cell) => asTexts(field(cell, "source")).join(""))
    .join("\n")
    .replaceAll(/^[ \t]*[%!?].*$/gm, "")
}

function parsed(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text)
    return value
  } catch {
    return undefined
  }
}
