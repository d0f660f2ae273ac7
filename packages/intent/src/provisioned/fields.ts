import { isJsonObject, type Json, type JsonObject } from "@tabard/core"

/** Answers the object itself, or the only one of a list: Terraform writes a block so. */
export function block(value: Json | undefined): JsonObject | undefined {
  const [only] = listOf(value)
  return only
}

/** Answers the objects of a list, or the one object that stands in its place. */
export function listOf(value: Json | undefined): readonly JsonObject[] {
  if (Array.isArray(value)) return value.filter((item: Json) => isJsonObject(item))
  return isJsonObject(value) ? [value] : []
}

/** Answers a text, or undefined. */
export function text(value: Json | undefined): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined
}
