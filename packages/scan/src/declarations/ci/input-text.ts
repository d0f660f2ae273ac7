import { asText } from "../../documents/fields.ts"

/** Answers the text of an input; what is no text, number or yes and no is empty. */
export function inputText(value: unknown): string {
  return asText(value) ?? (typeof value === "boolean" || typeof value === "number" ? String(value) : "")
}
