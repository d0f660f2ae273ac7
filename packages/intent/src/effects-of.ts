import { EFFECT_CLASSES, type EffectClass, isJsonObject, type Json, type JsonObject } from "@tabard/core"
import { ARGUMENT_WORDS, NAME_WORDS } from "./effect-words.ts"
import { isQuiet } from "./quiet-words.ts"

/** What any tool could do, whatever it takes. */
const ALWAYS_POSSIBLE: readonly EffectClass[] = ["read", "write", "delete", "execute", "infrastructure"]

/** As deep as names of arguments are looked for, and as many values: what is hidden deeper is hidden on purpose. */
const MOST_DEPTH = 12
const MOST_VALUES = 5_000

/**
 * Guesses the effect classes of a tool that nobody has reviewed, on the careful side. Words in its name and its arguments each add
 * a class; its own annotations may add but never take away, since the server writes them. The name is the server's as well: for a
 * server that nobody catalogued it stands for less than every class that the arguments allow only where each of its words is known.
 */
export function effectsOf(definition: JsonObject, serverEffects?: readonly EffectClass[]): EffectClass[] {
  const { inputSchema } = definition
  const { effects, tellsAll } = readName(definition["name"])
  const isBelieved = effects.length > 0 && (serverEffects !== undefined || tellsAll)
  const names = argumentNames(inputSchema)
  const unseen: readonly EffectClass[] = names === undefined ? EFFECT_CLASSES : []
  const told = [
    ...effects,
    ...(isBelieved ? [] : (serverEffects ?? possible(inputSchema))),
    ...unseen,
    ...classesIn((names ?? []).flatMap(wordsOf), ARGUMENT_WORDS),
    ...annotated(definition),
  ]
  return EFFECT_CLASSES.filter((effect) => told.includes(effect))
}

/** What the words of a name tell, and whether it has no other words. */
function readName(name: Json | undefined): { effects: EffectClass[]; tellsAll: boolean } {
  if (!isLegible(name)) return { effects: [], tellsAll: false }
  const words = wordsOf(name)
  return {
    effects: classesIn(words, NAME_WORDS),
    tellsAll: words.every((word) => isQuiet(word) || classesIn([word], NAME_WORDS).length > 0),
  }
}

/** A name in letters that no word here is written in may say anything. */
function isLegible(name: Json | undefined): boolean {
  return typeof name === "string" && !/[^\p{ASCII}]/u.test(name.normalize("NFKC"))
}

/** A tool that takes nothing has nothing to send away and no amount to move. */
function possible(inputSchema: Json | undefined): readonly EffectClass[] {
  return isJsonObject(inputSchema) &&
    isEmpty(inputSchema["properties"]) &&
    isEmpty(inputSchema["patternProperties"]) &&
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

/** The names of arguments wherever a schema has them, also within others and in its branches; undefined where it is too large to be read. */
function argumentNames(schema: Json | undefined): string[] | undefined {
  const names: string[] = []
  let values = 0
  const look = (value: Json | undefined, depth: number): boolean => {
    values += 1
    if (depth > MOST_DEPTH || values > MOST_VALUES) return false
    if (Array.isArray(value)) return value.every((item: Json) => look(item, depth + 1))
    if (!isJsonObject(value)) return true
    if (isJsonObject(value["properties"])) names.push(...Object.keys(value["properties"]))
    return Object.values(value).every((member) => look(member, depth + 1))
  }
  return look(schema, 0) ? names : undefined
}

function classesIn(
  words: readonly string[],
  table: Readonly<Partial<Record<EffectClass, readonly string[]>>>,
): EffectClass[] {
  return EFFECT_CLASSES.filter((effect) => words.some((word) => table[effect]?.includes(word)))
}

/** `sendMoney`, `send_money` and `send-money` are each two words, `listAWSBuckets` is three. */
function wordsOf(name: Json | undefined): string[] {
  if (typeof name !== "string") return []
  return name
    .normalize("NFKC")
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .replace(/([A-Z])([A-Z][a-z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== "")
}
