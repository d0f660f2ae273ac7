import type { Document } from "../../documents/document.ts"
import { asFields, asText, field } from "../../documents/fields.ts"
import { parseDocument } from "../../documents/parse-document.ts"

const MOST_FLOWS = 500

/** Answers the flows in an export: the file itself, or the flows that an export of everything keeps as text. */
export function flowsIn(document: Document): readonly Document[] {
  const fields = asFields(document.value)
  if (Array.isArray(field(fields, "nodes"))) return [document]
  const lists = Object.entries(fields ?? {}).filter(([, list]) => Array.isArray(list))
  return lists.flatMap(([kind, list]) => flowsOf(list, kind, document)).slice(0, MOST_FLOWS)
}

function flowsOf(list: unknown, kind: string, document: Document): readonly Document[] {
  const items: readonly unknown[] = Array.isArray(list) ? list : []
  return items.flatMap((item, index) => {
    const text = asText(field(asFields(item), "flowData"))
    const line = document.lineOf([kind, index])
    return text === undefined ? [] : innerFlow(text, line)
  })
}

function innerFlow(text: string, line: number | null): readonly Document[] {
  try {
    return [{ value: parseDocument(text, "json", 64).value, lineOf: () => line }]
  } catch {
    return []
  }
}
