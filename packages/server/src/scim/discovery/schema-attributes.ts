import type { JsonObject } from "@tabard/core"

/** One attribute, as RFC 7643 §7 describes it. */
export interface SchemaAttribute {
  readonly name: string
  readonly type: "string" | "boolean" | "complex" | "reference" | "dateTime"
  readonly description: string
  readonly multiValued?: true
  readonly required?: true
  readonly caseExact?: true
  readonly mutability?: "readOnly"
  readonly uniqueness?: "server"
  readonly canonicalValues?: readonly string[]
  readonly referenceTypes?: readonly string[]
  readonly subAttributes?: readonly SchemaAttribute[]
}

type Described = Omit<SchemaAttribute, "name" | "type" | "description">

/** Describes an attribute that holds text. */
export function text(name: string, description: string, more: Described = {}): SchemaAttribute {
  return { name, type: "string", description, ...more }
}

/** Describes an attribute that has parts. */
export function complex(
  name: string,
  description: string,
  subAttributes: readonly SchemaAttribute[],
  more: Described = {},
): SchemaAttribute {
  return { name, type: "complex", description, subAttributes, ...more }
}

/** Answers an attribute as `/Schemas` shows it, with every characteristic said. */
export function shownAttribute(attribute: SchemaAttribute): JsonObject {
  const { name, type, description, subAttributes, canonicalValues, referenceTypes } = attribute
  return {
    name,
    type,
    multiValued: attribute.multiValued ?? false,
    description,
    required: attribute.required ?? false,
    caseExact: attribute.caseExact ?? false,
    mutability: attribute.mutability ?? "readWrite",
    returned: "default",
    uniqueness: attribute.uniqueness ?? "none",
    ...(canonicalValues && { canonicalValues }),
    ...(referenceTypes && { referenceTypes }),
    ...(subAttributes && { subAttributes: subAttributes.map(shownAttribute) }),
  }
}
