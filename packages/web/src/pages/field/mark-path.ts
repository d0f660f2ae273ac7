import type { Category } from "@tabard/core"

/** Draws the mark of a category around a middle: a circle, a diamond, a square; a triangle where it is unknown. */
export function markPath(category: Category | null, radius: number): string {
  const side = radius * 0.9
  switch (category) {
    case null:
      return `M0,${-radius * 1.1}L${radius},${side}H${-radius}Z`
    case "local":
      return `M${-radius},0a${radius},${radius} 0 1,0 ${2 * radius},0a${radius},${radius} 0 1,0 ${-2 * radius},0Z`
    case "chatbot":
      return `M0,${-radius * 1.2}L${radius * 1.2},0L0,${radius * 1.2}L${-radius * 1.2},0Z`
    case "production":
      return `M${-side},${-side}H${side}V${side}H${-side}Z`
  }
}
