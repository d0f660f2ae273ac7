import { generateKeyPairSync } from "node:crypto"
import type { Shelf } from "@tabard/control"
import { type Agent, type Id, type Instance, newId, systemClock, type User } from "@tabard/core"
import { type Intended, intentOf } from "./notes.ts"

/** Agents that are written in one transaction. */
const PORTION = 100

/** Where the others are put, and what their manifests speak of; without tools they have none. */
export interface Crowd {
  readonly shelf: Shelf
  readonly count: number
  readonly manifests?: Intended
}

/** Puts so many other agents into the store: each active, with an owner, an enrolled key and, if asked for, a manifest. */
export async function addOtherAgents({ shelf, count, manifests }: Crowd): Promise<void> {
  for (let made = 0; made < count; made += PORTION) {
    const portion = Array.from({ length: Math.min(PORTION, count - made) }, (_, place) => made + place)
    await shelf.transact(async (tx) => {
      for (const number of portion) {
        const owner = newOwner(number)
        const agent = activeAgent(owner.id)
        await tx.users.insert(owner)
        await tx.agents.insert(agent)
        await tx.instances.insert(newInstance(agent.id, number))
        if (!manifests) continue
        await tx.policies.put({
          id: newId("policySet", systemClock),
          kind: "intent",
          subject: agent.id,
          version: 1,
          author: owner.id,
          source: null,
          policies: intentOf(agent.id, manifests),
          createdAt: systemClock.now(),
        })
      }
      await tx.organisation.bumpVersion()
    })
  }
}

/** An active agent of an owner's. */
export function activeAgent(owner: Id<"user">): Agent {
  const now = systemClock.now()
  const expiresAt = new Date(now.getTime() + 86_400_000)
  return {
    id: newId("agent", systemClock),
    state: "active",
    owner,
    mandate: {
      purpose: "Keeps notes tidy",
      tier: "transactional",
      expiresAt,
      proposedBy: owner,
      acceptedAt: now,
      oversight: "not-required",
      approvedBy: null,
    },
    createdAt: now,
  }
}

function newOwner(number: number): User {
  return {
    id: newId("user", systemClock),
    name: `Person ${number}`,
    email: `person-${number}@example.test`,
    role: "member",
    active: true,
    createdAt: systemClock.now(),
  }
}

/** Nobody ever signs with these keys: one public key serves all, under thumbprints of their own. */
function newInstance(agent: Id<"agent">, number: number): Instance {
  return {
    id: newId("instance", systemClock),
    agent,
    kind: "key",
    label: `machine ${number}`,
    jwk: PUBLIC_KEY,
    thumbprint: `${"0".repeat(36)}${number}`.slice(-43).padStart(43, "0"),
    enrolledAt: systemClock.now(),
    lastUsedAt: null,
    revokedAt: null,
  }
}

const { x = "", y = "" } = generateKeyPairSync("ec", { namedCurve: "P-256" }).publicKey.export({
  format: "jwk",
})
const PUBLIC_KEY = { kty: "EC", crv: "P-256", x, y } as const
