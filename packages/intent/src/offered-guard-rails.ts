import { EFFECT_CLASSES, type EffectClass, ENVIRONMENTS, Problem } from "@tabard/core"
import { type PolicyText, quote } from "@tabard/policy"
import { parseDocument } from "yaml"
import { z } from "zod"
import { effectGroups } from "./tiers.ts"

/** A guard-rail that ships, and holds where an organisation wants it. */
export interface OfferedGuardRail {
  readonly name: string
  /** What it means, for people. */
  readonly words: string
}

/** The environment of an agent of which nobody says where it runs. */
export const UNSAID_ENVIRONMENT = "default"

/** The posture of an agent that was rehearsed: somebody recorded that it ran in observe mode. What nobody recorded is not so. */
export const REHEARSED = "rehearsed"

/** What a key or a token has to be like that proves its agent well. */
const WELL_PROVEN = ["identity:federated", "key:tpm", "key:pkcs11"] as const

const WRITING: readonly EffectClass[] = EFFECT_CLASSES.filter((effect) => effect !== "read")

/** The guard-rails that are offered, in the order in which people read them. */
export const OFFERED_GUARD_RAILS: readonly OfferedGuardRail[] = [
  {
    name: "proven-identity",
    words: "Agents act only with an identity that their platform proves, or a key that hardware holds.",
  },
  {
    name: "rehearsed",
    words: "Agents only read until a rehearsal in observe mode was recorded.",
  },
]

/** Where each offered guard-rail holds. */
export interface Offers {
  readonly provenIdentity: readonly string[]
  readonly rehearsed: readonly string[]
}

/** What holds where nobody settled it: both in production, and where a process faces a network also for agents of which nobody says where they run. */
export function defaultOffers({ production }: { readonly production: boolean }): string {
  const environments = production ? ["production", UNSAID_ENVIRONMENT] : ["production"]
  return OFFERED_GUARD_RAILS.map(({ name }) => `${name}: [${environments.join(", ")}]\n`).join("")
}

const environments = z
  .array(
    z
      .string()
      .regex(
        /^[a-z][a-z0-9-]{0,62}$/,
        `is an environment such as ${ENVIRONMENTS.join(", ")}, or ${UNSAID_ENVIRONMENT}`,
      ),
  )
  .max(50)
  .default([])

const schema = z.strictObject({ "proven-identity": environments, rehearsed: environments })

/**
 * Reads in which environments the offered guard-rails hold, and answers them as policies.
 *
 * @throws {Problem} policy_invalid, with line and column
 */
export function readOffers(yaml: string): {
  readonly offers: Offers
  readonly policies: readonly PolicyText[]
} {
  if (yaml.length > 16_384) throw refusal("it is longer than 16384 characters")
  const document = parseDocument(yaml === "" ? "{}" : yaml, {
    schema: "core",
    uniqueKeys: true,
    strict: true,
  })
  const [error] = document.errors
  if (error) throw refusal(error.message.split("\n")[0] ?? "")
  const read = schema.safeParse(plain(() => document.toJS({ maxAliasCount: 0 })) ?? {})
  if (!read.success) throw refusal(z.prettifyError(read.error))
  const { "proven-identity": provenIdentity, rehearsed } = read.data
  return { offers: { provenIdentity, rehearsed }, policies: policiesOf({ provenIdentity, rehearsed }) }
}

function policiesOf({ provenIdentity, rehearsed }: Offers): PolicyText[] {
  const proven = `[${WELL_PROVEN.map(quote).join(", ")}]`
  return [
    ...inEnvironments(provenIdentity, {
      id: "offered/proven-identity",
      say: "in this environment an agent needs an identity that its platform proves, or a key that hardware holds",
      action: "action",
      unless: `context.session.posture.containsAny(${proven})`,
    }),
    ...inEnvironments(rehearsed, {
      id: "offered/rehearsed",
      say: "in this environment an agent only reads until a rehearsal in observe mode was recorded",
      action: `action in ${effectGroups(WRITING)}`,
      unless: `context.session.posture.contains(${quote(REHEARSED)})`,
    }),
  ]
}

function inEnvironments(
  named: readonly string[],
  rail: { readonly id: string; readonly say: string; readonly action: string; readonly unless: string },
): PolicyText[] {
  if (named.length === 0) return []
  const list = [...new Set(named)].map(quote).join(", ")
  return [
    {
      id: rail.id,
      text: `@say(${quote(rail.say)})
forbid (principal is Tabard::Agent, ${rail.action}, resource)
when { [${list}].contains(context.session.env) }
unless { ${rail.unless} };`,
    },
  ]
}

function plain(read: () => unknown): unknown {
  try {
    return read()
  } catch (error) {
    throw refusal("it uses aliases; write each value where it stands", error)
  }
}

function refusal(words: string, cause?: unknown): Problem {
  return new Problem("policy_invalid", `the offered guard-rails cannot be read: ${words}`, { cause })
}
