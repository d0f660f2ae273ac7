import { EFFECT_CLASSES, type EffectClass, isJsonObject, type Json, type JsonObject } from "@tabard/core"
import { ARGUMENT_WORDS, NAME_WORDS } from "./effect-words.ts"

/** What any tool could do, whatever it takes. */
const ALWAYS_POSSIBLE: readonly EffectClass[] = ["read", "write", "delete", "execute", "infrastructure"]

/**
 * Guesses the effect classes of a tool that nobody has reviewed, on the careful side. Words in its name and its arguments each add
 * a class; its own annotations may add but never take away, since the server writes them. A tool that tells nothing is in
 * every class that its arguments allow.
 */
export function effectsOf(definition: JsonObject): EffectClass[] {
  const named = classesIn(wordsOf(definition["name"]), NAME_WORDS)
  const classes = named.length > 0 ? named : possible(definition["inputSchema"])
  const told = [...classes, ...classesIn(argumentWords(definition), ARGUMENT_WORDS), ...annotated(definition)]
  return EFFECT_CLASSES.filter((effect) => told.includes(effect))
}

/** A tool that takes nothing has nothing to send away and no amount to move. */
function possible(inputSchema: Json | undefined): readonly EffectClass[] {
  return isJsonObject(inputSchema) &&
    isEmpty(inputSchema["properties"]) &&
    inputSchema["additionalProperties"] === false
    ? ALWAYS_POSSIBLE
    : EFFECT_CLASSES
}

function isEmpty(properties: Json | undefined): boolean {
  return properties === undefined || (isJsonObject(properties) && Object.keys(properties).length === 0)
}

function annotated({ annotations }: JsonObject): EffectClass[] {
  if (!isJsonObject(annotations)) return []
  return [
    ...(annotations["destructiveHint"] === true ? (["delete"] as const) : []),
    ...(annotations["openWorldHint"] === true ? (["egress"] as const) : []),
    ...(annotations["readOnlyHint"] === false ? (["write"] as const) : []),
  ]
}

function argumentWords({ inputSchema }: JsonObject): string[] {
  const properties = isJsonObject(inputSchema) ? inputSchema["properties"] : undefined
  return isJsonObject(properties) ? Object.keys(properties).flatMap(wordsOf) : []
}

function classesIn(
  words: readonly string[],
  table: Readonly<Partial<Record<EffectClass, readonly string[]>>>,
): EffectClass[] {
  return EFFECT_CLASSES.filter((effect) => words.some((word) => table[effect]?.includes(word)))
}

/** `sendMoney`, `send_money` and `send-money` are each two words. */
function wordsOf(name: Json | undefined): string[] {
  if (typeof name !== "string") return []
  return name
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^a-z0-9]+/)
}
