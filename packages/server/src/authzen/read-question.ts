// The information model: https://openid.net/specs/authorization-api-1_0.html §5

import type { ApplicationQuestion, AskedEntity, Sought } from "@tabard/control"
import { isJsonObject, type Json, type JsonObject } from "@tabard/core"
import { malformed } from "./access-refused.ts"

/** The longest type, name or id that is looked at, in characters. */
const MOST_NAME = 2048

/**
 * Reads a question; what is not known in it is passed over (§10.1.1). Of a search, what is sought needs no id, and one that is
 * there is not looked at.
 *
 * @throws {AccessRefused} 400
 */
export function readQuestion(body: JsonObject, sought?: Sought): ApplicationQuestion {
  return {
    subject: entityIn(body, "subject", sought),
    action: sought === "action" ? { name: "", properties: {} } : actionIn(body),
    resource: entityIn(body, "resource", sought),
    context: objectIn(body, "context", "context"),
  }
}

function entityIn(body: JsonObject, which: "subject" | "resource", sought: Sought | undefined): AskedEntity {
  const entity = requiredIn(body, which)
  return {
    type: textIn(entity, "type", which),
    id: sought === which ? "" : textIn(entity, "id", which),
    properties: objectIn(entity, "properties", `${which}.properties`),
  }
}

function actionIn(body: JsonObject): ApplicationQuestion["action"] {
  const action = requiredIn(body, "action")
  return {
    name: textIn(action, "name", "action"),
    properties: objectIn(action, "properties", "action.properties"),
  }
}

function requiredIn(body: JsonObject, which: string): JsonObject {
  const found = body[which]
  if (found === undefined || found === null) throw malformed(`the question says no ${which}`)
  if (!isJsonObject(found)) throw malformed(`${which} has to be an object`)
  return found
}

function textIn(entity: JsonObject, name: string, of: string): string {
  const text = entity[name]
  if (text === undefined || text === null) throw malformed(`${of} says no ${name}`)
  if (typeof text !== "string") throw malformed(`${of}.${name} has to be a string`)
  if (text.length > MOST_NAME) throw malformed(`${of}.${name} is longer than ${MOST_NAME} characters`)
  if (!text.isWellFormed()) throw malformed(`${of}.${name} holds half a character`)
  return text
}

/**
 * Answers an object that stands somewhere; whatever is null stands for nothing at all (§11.5).
 *
 * @throws {AccessRefused} 400
 */
export function objectIn(
  of: { readonly [name: string]: Json | undefined },
  name: string,
  called: string,
): JsonObject {
  const found = of[name]
  if (found === undefined || found === null) return {}
  if (!isJsonObject(found)) throw malformed(`${called} has to be an object`)
  return found
}
