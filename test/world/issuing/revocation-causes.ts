import assert from "node:assert/strict"
import { createKey, rotate } from "@tabard/client"
import { AGENT_STATES, systemClock } from "@tabard/core"
import { CAEP, RISC } from "../signal-transmitter.ts"
import type { Cause, CauseName, Parts, Prepared } from "./issuing-path.ts"
import { askAsInstall, type IssuingWorld } from "./issuing-world.ts"

/** What ends an agent's standing: each alone, and nothing besides it. */
export const CAUSES: readonly (readonly [CauseName, Cause])[] = [
  ...AGENT_STATES.filter((state) => state !== "active").map(
    (state) =>
      [
        `it is ${state}`,
        ofAgent(({ tabard }, { agent }) =>
          tabard.server.organisation.shelf.transact(({ agents }) => agents.move(agent, ["active"], state)),
        ),
      ] as const,
  ),
  ["a person suspends it", ofAgent(({ ann }, { agent: id }) => ann.api.suspendAgent({ id, reason: "odd" }))],
  [
    "security quarantines it",
    ofAgent(({ ann }, { agent: id }) => ann.api.quarantineAgent({ id, reason: "odd" })),
  ],
  ["a person retires it", ofAgent(({ ann }, { agent: id }) => ann.api.retireAgent({ id, reason: "done" }))],
  [
    "its owner is switched off",
    ofAgent(({ ann }, { owner }) => ann.api.deactivatePerson({ id: owner.id, reason: "moved on" })),
  ],
  ["its mandate is over", ofAgent(endMandate)],
  [
    "its install is revoked",
    ofAgent(({ tabard }, { instance }) =>
      tabard.server.organisation.shelf.transact(async ({ instances }) =>
        assert.ok(await instances.revoke(instance, systemClock.now())),
      ),
    ),
  ],
  [
    "its tokens are revoked",
    ofAgent(({ tabard }, { agent }) =>
      tabard.server.organisation.shelf.transact(({ tokens }) => tokens.revoke({ agent }, systemClock.now())),
    ),
  ],
  [
    "a received session-revoked names it",
    ofAgent((world, prepared) => world.signal(`${CAEP}/session-revoked`, subjectOf(world, prepared))),
  ],
  [
    "a received account-disabled names it",
    ofAgent((world, prepared) => world.signal(`${RISC}/account-disabled`, subjectOf(world, prepared))),
  ],
  ["its task is closed", of("task", ({ ann }, id) => ann.api.closeTask({ id }))],
  [
    "its key was followed by another, and its overlap is over",
    of("key", async (_, credentials) => rotate({ credentials, next: await createKey(), overlapSeconds: 0 })),
  ],
  ["the delegation is withdrawn", of("delegation", ({ ann }, id) => ann.api.withdrawDelegation({ id }))],
  [
    "its trust rule is removed",
    of("rule", ({ ann }, id) => ann.api.removeTrustRule({ id, reason: "moved to another runner" })),
  ],
  ["its client is signed out", of("client", ({ ann }, { grant: id }) => ann.api.endClientGrant({ id }))],
  ["its client is removed", of("client", ({ ann }, { id }) => ann.api.removeClient({ id }))],
  [
    "the person served is switched off",
    of("served", ({ ann }, { id }) => ann.api.deactivatePerson({ id, reason: "moved on" })),
  ],
  [
    "a received session-revoked names the person served",
    of("served", (world, { email }) => world.signal(`${CAEP}/session-revoked`, { format: "email", email })),
  ],
  [
    "the token before it is given back",
    of("parent", async (_, { token, by }) => {
      assert.equal((await askAsInstall(by, "/revocation", { token })).status, 200)
    }),
  ],
]

function ofAgent(happens: Cause["happens"]): Cause {
  return { takes: null, happens }
}

/** A cause that takes one part away. */
function of<Name extends keyof Parts>(
  takes: Name,
  happens: (world: IssuingWorld, part: Parts[Name]) => Promise<unknown>,
): Cause {
  return {
    takes,
    happens: (world, { parts }) => happens(world, parts[takes] ?? assert.fail(`it has no ${takes}`)),
  }
}

function subjectOf({ tabard }: IssuingWorld, { agent }: Prepared): object {
  const { trustDomain } = tabard.server.organisation.organisation
  return { format: "uri", uri: `spiffe://${trustDomain}/agent/${agent}` }
}

async function endMandate({ tabard }: IssuingWorld, { agent, owner }: Prepared): Promise<void> {
  await tabard.server.organisation.shelf.transact(async ({ agents }) => {
    const mandate = (await agents.find(agent))?.mandate ?? assert.fail("it has a mandate")
    const over = { ...mandate, expiresAt: systemClock.now() }
    assert.ok(await agents.renew(agent, { owner: owner.id, ends: mandate.expiresAt }, over))
  })
}
