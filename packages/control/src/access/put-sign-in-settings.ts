import { MOST_DOMAINS, Problem, type SignInSettings } from "@tabard/core"
import type { RecordContext } from "../audit/event/audit-event.ts"
import { recordEvent } from "../audit/event/record-event.ts"
import type { Caller } from "../registry/caller.ts"
import type { Transact } from "../transaction.ts"

export interface PutSignInSettingsDeps extends RecordContext {
  readonly transact: Transact<"organisation" | "outbox">
}

/** A domain as it stands behind the @ of an address: ASCII labels, at least two. */
const DOMAIN = /^(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])$/

/**
 * Settles whose verified addresses let them come in by the provider without an invitation, as members. A domain lets in
 * itself alone, and nothing below it.
 *
 * @throws {Problem} not_allowed, body_invalid
 */
export async function putSignInSettings(
  deps: PutSignInSettingsDeps,
  by: Caller,
  wanted: SignInSettings,
): Promise<SignInSettings> {
  if (by.role !== "administrator") throw new Problem("not_allowed", "administrators settle this")
  const domains = [...new Set(wanted.domains.map((domain) => domain.trim().toLowerCase()))].toSorted()
  assertDomains(domains)
  return deps.transact(async ({ organisation, outbox }) => {
    const before = await organisation.signInSettings()
    if (before.domains.join() === domains.join()) return before
    await organisation.putSignInSettings({ domains })
    await recordEvent(deps, outbox, {
      type: "settings.changed",
      actor: { kind: "user", id: by.id },
      data: { signInDomains: domains, before: { signInDomains: [...before.domains] } },
    })
    return { domains }
  })
}

/** Answers whether an address is of one of the domains. */
export function isOfDomain(email: string, { domains }: SignInSettings): boolean {
  return domains.includes(email.slice(email.lastIndexOf("@") + 1).toLowerCase())
}

function assertDomains(domains: readonly string[]): void {
  if (domains.length > MOST_DOMAINS) throw new Problem("body_invalid", `at most ${MOST_DOMAINS} domains`)
  const wrong = domains.find((domain) => !DOMAIN.test(domain))
  if (wrong !== undefined)
    throw new Problem("body_invalid", `“${wrong.slice(0, 80)}” is no domain such as example.com`)
}
