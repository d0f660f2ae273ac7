import { type Document, MalformedDocument, type Path } from "../../documents/document.ts"
import { asFields, asText, type Fields, field, fieldAt } from "../../documents/fields.ts"
import { parseYamlDocuments } from "../../documents/parse-yaml.ts"

/** A Kubernetes resource, the way to it, and the document that it stands in. */
export interface Resource {
  readonly apiVersion: string
  readonly kind: string
  readonly name: string | null
  readonly fields: Fields
  readonly path: Path
  readonly document: Document
}

/** Reads the documents of a manifest; of a chart's template it reads what stands there without being filled in. */
export function readManifests(text: string, nesting: number): readonly Document[] {
  try {
    return parseYamlDocuments(text, nesting)
  } catch (error) {
    if (!(error instanceof MalformedDocument) || !text.includes("{{")) throw error
    return parseYamlDocuments(withoutTemplates(text), nesting)
  }
}

/** Lines that only steer a template are left out, so that the lines behind keep their numbers. */
function withoutTemplates(text: string): string {
  const lines = text.split("\n").map((line) => (/^\s*\{\{.*\}\}\s*$/.test(line) ? "" : line))
  return lines.join("\n").replaceAll(/\{\{[^{}\n]*\}\}/g, (mark) => templateName(mark))
}

/** A value that is filled in later goes by the last word of what fills it. */
function templateName(mark: string): string {
  return /([\w-]+)\W*$/.exec(mark.replaceAll(/\|.*$/g, ""))?.[1] ?? "template"
}

/** Answers the resources in documents, those of a list one by one. */
export function resourcesIn(documents: readonly Document[]): readonly Resource[] {
  return documents.flatMap((document) => {
    const items = fieldAt(document.value, ["items"])
    const list: readonly unknown[] =
      fieldAt(document.value, ["kind"]) === "List" && Array.isArray(items) ? items : []
    const inside = list.flatMap((item, index) => resourceOf(item, ["items", index], document))
    return [...resourceOf(document.value, [], document), ...inside]
  })
}

function resourceOf(value: unknown, path: Path, document: Document): readonly Resource[] {
  const fields = asFields(value)
  const apiVersion = asText(field(fields, "apiVersion"))
  const kind = asText(field(fields, "kind"))
  if (!fields || apiVersion === undefined || kind === undefined) return []
  const name = asText(fieldAt(fields, ["metadata", "name"])) ?? null
  return [{ apiVersion, kind, name, fields, path, document }]
}
