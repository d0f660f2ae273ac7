import type { AttributePath } from "./attribute-path.ts"

/** How a filter compares (RFC 7644 §3.4.2.2). */
export const OPERATORS = ["eq", "ne", "co", "sw", "ew", "gt", "ge", "lt", "le"] as const

/** One way to compare. */
export type Operator = (typeof OPERATORS)[number]

/** A filter as it was read. */
export type Filter =
  | { readonly kind: "and" | "or"; readonly left: Filter; readonly right: Filter }
  | { readonly kind: "not"; readonly of: Filter }
  | { readonly kind: "present"; readonly path: AttributePath }
  | {
      readonly kind: "compare"
      readonly path: AttributePath
      readonly operator: Operator
      readonly value: string | number | boolean | null
    }
  /** One value of an attribute of many has to match all of it. */
  | { readonly kind: "within"; readonly path: AttributePath; readonly filter: Filter }
