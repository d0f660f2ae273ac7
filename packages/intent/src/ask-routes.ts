import { ASK_PARTIES, ASKED_PATTERN, allAskWords, MOST_NEEDED, writeAskRoute } from "@tabard/core"
import { z } from "zod"
import type { Ask, AskOne, Manifest } from "./manifest.ts"

/** Answers the routes of an `ask` as policies spell them; each of them has to agree. */
export function routesOf(ask: Ask | undefined): readonly string[] {
  if (ask === undefined) return []
  return [...new Set(listOf(ask).map(routeOf))]
}

/** Says whom an agent asks: "its owner", "2 people among security and the team Payments". */
export function askedWords(ask: Ask): string {
  return allAskWords(routesOf(ask)).replaceAll(/\bthe owner\b/g, "its owner")
}

function listOf(ask: Ask): readonly AskOne[] {
  return isList(ask) ? ask : [ask]
}

function isList(ask: Ask): ask is readonly AskOne[] {
  return Array.isArray(ask)
}

function routeOf(one: AskOne): string {
  return typeof one === "string" ? one : writeAskRoute(one.count ?? 1, one.anyOf)
}

/** What an `ask` can say. */
export const ASK_WORDS: string = `write ${ASK_PARTIES.join(", ")}, "team:Payments", "person:ann@example.org", or { anyOf: [owner, security], count: 2 }; a list where each of several has to agree`

/** One place of a manifest that asks. */
export interface AskPlace {
  readonly ask: Ask
  readonly path: readonly (string | number)[]
}

/** Answers whatever a manifest asks, and where it says so. */
export function asksIn({ ask = {}, tools }: Pick<Manifest, "ask" | "tools">): readonly AskPlace[] {
  return [
    ...tools.flatMap((tool, index) => (tool.ask ? [{ ask: tool.ask, path: ["tools", index, "ask"] }] : [])),
    ...Object.entries(ask).map(([effect, one]) => ({ ask: one, path: ["ask", effect] })),
  ]
}

const named = z
  .string()
  .regex(ASKED_PATTERN)
  .meta({ examples: [...ASK_PARTIES, "team:Payments", "person:ann@example.org"] })

const one: z.ZodType<AskOne> = z.union([
  named,
  z.strictObject({
    anyOf: z.array(named).min(1).max(MOST_NEEDED).describe("Any of these; none twice."),
    count: z
      .int()
      .min(1)
      .max(MOST_NEEDED)
      .optional()
      .describe("How many different people of them have to agree: one where nothing is said."),
  }),
])

/** Who is asked, as far as a schema can tell. */
export const AskSchema: z.ZodType<Ask> = z.union([
  one,
  z.array(one).min(1).max(MOST_NEEDED).describe("Each of these has to agree."),
])
