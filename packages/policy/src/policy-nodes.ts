import { isJsonObject, type Json, type JsonObject } from "@tabard/core"
import type { ExactPolicyJson } from "./cedar/read-policy.ts"
import type { EntityUid } from "./cedar.ts"

/** Answers every object that the conditions of a policy are built of, the outer before the inner. */
export function conditionNodes({ conditions }: Pick<ExactPolicyJson, "conditions">): Generator<JsonObject> {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- Cedar's JSON form of a policy is JSON
  return objectsIn(conditions as unknown as Json)
}

/** Answers every entity that a policy names, in its scope or in its conditions. */
export function entitiesNamed(json: ExactPolicyJson): readonly EntityUid[] {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- Cedar's JSON form of a policy is JSON
  return [...entitiesIn(json as unknown as Json)]
}

function* objectsIn(value: Json | undefined): Generator<JsonObject> {
  if (Array.isArray(value)) {
    const items: readonly Json[] = value
    for (const item of items) yield* objectsIn(item)
  } else if (isJsonObject(value)) {
    yield value
    for (const member of Object.values(value)) yield* objectsIn(member)
  }
}

function* entitiesIn(value: Json | undefined): Generator<EntityUid> {
  if (Array.isArray(value)) {
    const items: readonly Json[] = value
    for (const item of items) yield* entitiesIn(item)
  } else if (isJsonObject(value)) {
    const { type, id } = value
    if (typeof type === "string" && type.startsWith("Tabard::") && typeof id === "string") yield { type, id }
    else for (const member of Object.values(value)) yield* entitiesIn(member)
  }
}
