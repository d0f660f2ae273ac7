import { isJsonObject, type Json, type JsonObject } from "@tabard/core"

/** Answers the event within a body, as it was logged: our own content and ECS hold it whole. Nothing, where there is none. */
export function eventIn(body: JsonObject): JsonObject {
  return isJsonObject(body["event"]) && "v" in body["event"] ? body["event"] : objectIn(body["tabard"])
}

/** Answers a text that is not empty, or undefined. */
export function textIn(value: Json | undefined): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined
}

/** Answers an object, an empty one where it is none. */
export function objectIn(value: Json | undefined): JsonObject {
  return isJsonObject(value) ? value : {}
}
