import { visibleText } from "@tabard/core"

/** A fact that CycloneDX has no member for. */
export interface BomProperty {
  readonly name: string
  readonly value: string
}

/** Answers facts under our own prefix; an absent one is left out, and a list gives one property for each. */
export function properties(
  facts: Readonly<Record<string, string | readonly string[] | null>>,
): readonly BomProperty[] {
  return Object.entries(facts).flatMap(([name, value]) =>
    valuesOf(value).map((each) => ({ name: `tabard:${name}`, value: visibleText(each) })),
  )
}

function valuesOf(value: string | readonly string[] | null): readonly string[] {
  if (value === null) return []
  return typeof value === "string" ? [value] : value
}
