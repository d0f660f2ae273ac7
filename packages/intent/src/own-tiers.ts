import { EFFECT_CLASSES, type EffectClass, Problem, TIER_NAME, TIERS, type Tier } from "@tabard/core"
import type { PolicyText } from "@tabard/policy"
import { isMap, LineCounter, parseDocument } from "yaml"
import { z } from "zod"
import { ceilingOf } from "./tiers.ts"

/** A tier of the organisation's own, with what else it forbids. */
export interface OwnTier extends Tier {
  /** Cedar forbids that hold for agents of this tier, besides its ceiling; empty where there are none. */
  readonly forbids: string
}

/** The most tiers that an organisation adds. */
export const MOST_TIERS = 50

const MOST_CHARACTERS = 262_144

const tier: z.ZodType<Omit<OwnTier, "name">> = z.strictObject({
  words: z.string().trim().min(1).max(400),
  reaches: z
    .array(z.enum(EFFECT_CLASSES))
    .min(1)
    .transform((asked): EffectClass[] => EFFECT_CLASSES.filter((effect) => asked.includes(effect))),
  forbids: z.string().max(65_536).default(""),
})

const document = z.strictObject({ tiers: z.record(z.string(), tier) })

/**
 * Reads the organisation's own tiers from YAML: `tiers:`, by name, each with `words`, `reaches` and perhaps `forbids`.
 *
 * @throws {Problem} policy_invalid, with line and column
 */
export function readTiers(yaml: string): readonly OwnTier[] {
  if (yaml.trim() === "") return []
  if (yaml.length > MOST_CHARACTERS) throw refusal(`they are longer than ${MOST_CHARACTERS} characters`)
  const lineCounter = new LineCounter()
  const parsed = parseDocument(yaml, { schema: "core", uniqueKeys: true, strict: true, lineCounter })
  const at = (offset: number): string => placeWords(lineCounter.linePos(offset))
  const [error] = parsed.errors
  if (error) throw refusal(at(error.pos[0]) + (error.message.split("\n")[0] ?? ""))
  const where = (path: readonly PropertyKey[]): string => at(offsetOf(parsed.contents, path))
  return tiersIn(
    plainValue(() => parsed.toJS({ maxAliasCount: 0 })),
    where,
  )
}

type Where = (path: readonly PropertyKey[]) => string

function tiersIn(value: unknown, where: Where): readonly OwnTier[] {
  const read = document.safeParse(value)
  if (!read.success) throw refusal(complaint(read.error, where))
  const tiers = Object.entries(read.data.tiers).map(([name, rest]) => ({ name, ...rest }))
  for (const { name } of tiers) assertName(name, where(["tiers", name]))
  if (tiers.length > MOST_TIERS) throw refusal(`an organisation has at most ${MOST_TIERS} tiers of its own`)
  return tiers
}

function complaint({ issues: [issue] }: z.ZodError, where: Where): string {
  const path = issue?.path ?? []
  return `${where(path)}${path.join(".")}: ${issue?.message ?? "it is no list of tiers"}`
}

function placeWords({ line, col }: { readonly line: number; readonly col: number }): string {
  return `line ${line}, column ${col}: `
}

/** Answers the ceilings of the organisation's own tiers, as policies. */
export function ownCeilings(tiers: readonly OwnTier[]): PolicyText[] {
  return tiers.flatMap(ceilingOf)
}

function assertName(name: string, at: string): void {
  if (TIERS.some((shipped) => shipped === name))
    throw refusal(`${at}${name} is a tier that ships, and stays as it is`)
  if (!TIER_NAME.test(name))
    throw refusal(`${at}a tier's name is spelt with a to z, 0 to 9 and -, 40 characters at most`)
}

/** Where the innermost part of a path stands that is there at all. */
function offsetOf(node: unknown, path: readonly PropertyKey[]): number {
  const [first, ...rest] = path
  if (!isMap(node)) return rangeStart(node)
  const pair = node.items.find(({ key }) => String(key) === String(first))
  if (!pair) return rangeStart(node)
  return rest.length > 0 && isMap(pair.value) ? offsetOf(pair.value, rest) : rangeStart(pair.key)
}

function rangeStart(node: unknown): number {
  if (typeof node !== "object" || node === null || !("range" in node)) return 0
  return Array.isArray(node.range) ? Number(node.range[0]) : 0
}

function plainValue(read: () => unknown): unknown {
  try {
    return read()
  } catch (error) {
    throw refusal("they use aliases; write each value where it stands", error)
  }
}

function refusal(words: string, cause?: unknown): Problem {
  return new Problem("policy_invalid", `the tiers cannot be read: ${words}`, { cause })
}
