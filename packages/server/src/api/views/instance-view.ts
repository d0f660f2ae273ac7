import type { InstanceView } from "@tabard/api"
import type { Transaction } from "@tabard/control"
import { type Id, type Instance, liveKeysOf } from "@tabard/core"
import { namesOf } from "./names.ts"

/** What an install is of, besides what it holds itself. */
type Origin = Pick<InstanceView, "signedIn" | "trustRule">

/** The most rules of one agent that are looked through for those that its installs are of. */
const MOST_RULES = 1000

/** Shows the installs of an agent, and of which client, person or trust rule each is. */
export async function instanceViews(
  tx: Pick<Transaction, "clientGrants" | "facts" | "instances" | "trustRules" | "users">,
  agent: Id<"agent">,
  now: Date,
): Promise<readonly InstanceView[]> {
  const instances = await tx.instances.of(agent)
  const rules = instances.some(({ kind }) => kind === "federated")
    ? await tx.trustRules.list({ agent, limit: MOST_RULES })
    : []
  const ruleOf = new Map(rules.map(({ instance, id, form, issuer }) => [instance, { id, form, issuer }]))
  const shown: InstanceView[] = []
  for (const instance of instances) {
    const { id, kind, revokedAt } = instance
    const signedIn = kind === "client" && revokedAt === null ? await signedInAs(tx, id) : null
    shown.push({ ...instanceView(instance, now), signedIn, trustRule: ruleOf.get(id) ?? null })
  }
  return shown
}

async function signedInAs(
  tx: Pick<Transaction, "clientGrants" | "facts" | "users">,
  instance: Id<"instance">,
): Promise<Origin["signedIn"]> {
  const grant = await tx.clientGrants.ofInstance(instance)
  if (!grant) return null
  const { client, name, user } = grant
  return { client, name, person: (await namesOf(tx, { people: [user] })).person(user) }
}

/** Shows one install of an agent that holds its own key: it is of nobody else. */
export function instanceView(instance: Instance, now: Date): InstanceView {
  const { id, kind, label, thumbprint, keyStorage = null, earlierKey } = instance
  const earlierEndsAt = liveKeysOf(instance, now).length > 1 ? earlierKey?.endsAt : null
  return {
    id,
    kind,
    label,
    thumbprint,
    keyStorage,
    signedIn: null,
    trustRule: null,
    enrolledAt: instance.enrolledAt.toISOString(),
    rotatedAt: spelt(instance.rotatedAt),
    earlierKeyEndsAt: spelt(earlierEndsAt),
    lastUsedAt: spelt(instance.lastUsedAt),
    revokedAt: spelt(instance.revokedAt),
  }
}

function spelt(time: Date | null | undefined): string | null {
  return time?.toISOString() ?? null
}
