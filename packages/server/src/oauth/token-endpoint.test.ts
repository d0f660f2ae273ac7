import assert from "node:assert/strict"
import { newId, systemClock } from "@tabard/core"
import { SignJWT, UnsecuredJWT } from "jose"
import {
  describeRefusals,
  type Refusals,
  type RefusedCase,
  secondsFromNow,
} from "./refused-requests.contract.ts"
import { agentKey, agentOf, type OAuthWorld, taskOf } from "./testing/oauth-world.ts"
import { forTask, type RequestChanges, requestToken, signedAssertion } from "./testing/token-request.ts"

const REFUSALS: Refusals = [
  [
    "invalid_client",
    401,
    [
      [
        "RFC 7523 §3(3): an assertion for another audience",
        claims(() => ({ aud: "https://elsewhere.example" })),
      ],
      ["RFC 7523 §3(3): an assertion without audience", claims(() => ({ aud: undefined }))],
      [
        "RFC 7523 §3(3): an assertion that another server accepts as well",
        claims(({ server }) => ({ aud: [server.issuer, "https://elsewhere.example"] })),
      ],
      ["RFC 7523 §3(4): an assertion without exp", claims(() => ({ exp: undefined }))],
      ["RFC 7523 §3(4): an assertion whose exp is text", claims(() => ({ exp: String(secondsFromNow(60)) }))],
      ["RFC 7523 §3(4): an assertion that has expired", claims(() => ({ exp: secondsFromNow(-60) }))],
      [
        "RFC 7523 §3(4): an assertion that expires unreasonably far in the future",
        claims(() => ({ exp: secondsFromNow(3600) })),
      ],
      ["RFC 7523 §3(5): an assertion that is not valid yet", claims(() => ({ nbf: secondsFromNow(30) }))],
      ["RFC 7523 §3(6): an assertion from the future", claims(() => ({ iat: secondsFromNow(120) }))],
      ["RFC 7523 §3(7): an assertion without jti", claims(() => ({ jti: undefined }))],
      [
        "RFC 7523 §3(1): an assertion by somebody else",
        claims(({ clock }) => ({ iss: newId("instance", clock) })),
      ],
      [
        "RFC 7523 §3(2): an assertion about somebody else",
        claims(({ clock }) => ({ sub: newId("instance", clock) })),
      ],
      ["RFC 7523 §3(2): an assertion about nobody", claims(() => ({ sub: undefined }))],
      ["RFC 7523 §3(1): an assertion by nobody", claims(() => ({ iss: undefined }))],
      ["RFC 7523 §3(9): an assertion signed by another key", async () => ({ key: await agentKey() })],
      [
        "RFC 7523 §3(9): an assertion signed under another algorithm",
        async () => ({ key: await agentKey("EdDSA") }),
      ],
      [
        "RFC 7523 §3(9): an assertion that is not signed",
        async (world) => ({ assertion: await unsigned(world) }),
      ],
      [
        "RFC 8725 §3.1: an assertion under HS256 with the public key as the secret",
        async (world) => ({ assertion: await withPublicKeyAsSecret(world) }),
      ],
      [
        "RFC 8725 §3.11: a DPoP proof in the assertion's place",
        async () => ({ header: { typ: "dpop+jwt" } }),
      ],
      [
        "RFC 6749 §2.3.1: a client secret in place of a key",
        async ({ instance }) => ({
          form: {
            client_assertion: null,
            client_assertion_type: null,
            client_id: instance.id,
            client_secret: "guess",
          },
        }),
      ],
      [
        "RFC 6749 §5.2: a client that nobody enrolled",
        claims(() => {
          const id = newId("instance", systemClock)
          return { iss: id, sub: id }
        }),
      ],
      ["RFC 6749 §5.2: a client id that is no instance's", claims(() => ({ iss: "admin", sub: "admin" }))],
      [
        "RFC 6749 §5.2: an instance that was revoked",
        changed(({ shelf, instance }) =>
          shelf.transact(({ instances }) => instances.revoke(instance.id, systemClock.now())),
        ),
      ],
      [
        "RFC 7523 §3(7): an assertion that was used before",
        async (world) => {
          const assertion = await signedAssertion(world)
          assert.equal((await requestToken(world, { assertion })).status, 200)
          return { assertion }
        },
      ],
    ],
  ],
  [
    "unauthorized_client",
    400,
    [
      ...(
        ["discovered", "proposed", "suspended", "quarantined", "retiring", "retired", "dismissed"] as const
      ).map(
        (state): RefusedCase => [
          `RFC 6749 §5.2: an agent that is ${state}`,
          changed(({ shelf, agent }) =>
            shelf.transact(({ agents }) => agents.move(agent.id, ["active"], state)),
          ),
        ],
      ),
      ["RFC 6749 §5.2: an agent whose mandate has ended", changed(endMandate)],
      [
        "RFC 6749 §5.2: an agent whose owner has left",
        changed(({ shelf, owner }) => shelf.transact(({ users }) => users.setActive(owner.id, false))),
      ],
    ],
  ],
  [
    "invalid_authorization_details",
    400,
    [
      [
        "RFC 9396 §5: a task that is another agent's",
        async (world) => ({ form: forTask(await taskOfAnother(world)) }),
      ],
      ["RFC 9396 §5: a task that never was", async () => ({ form: forTask(newId("task", systemClock)) })],
      [
        "RFC 9396 §5: a task that is closed",
        async ({ shelf, task }) => {
          await shelf.transact(({ tasks }) => tasks.close(task.id, systemClock.now()))
          return { form: forTask(task.id) }
        },
      ],
      ["RFC 9396 §5: a value that is no id", details([{ type: "tabard_task", task: "the first one" }])],
      [
        "RFC 9396 §5: a member that the type does not know",
        details([{ type: "tabard_task", task: null, admin: true }]),
      ],
      ["RFC 9396 §5: a type that the server does not know", details([{ type: "payment" }])],
      [
        "RFC 9396 §5: two tasks",
        async ({ task }) =>
          details([
            { type: "tabard_task", task: task.id },
            { type: "tabard_task", task: task.id },
          ])(),
      ],
      [
        "RFC 9396 §5: a task that is named twice in two ways",
        async ({ task }) => ({
          form: { authorization_details: `[{"type":"tabard_task","task":"x","task":"${task.id}"}]` },
        }),
      ],
      [
        "RFC 9396 §5: details that are no JSON",
        async () => ({ form: { authorization_details: "all of them" } }),
      ],
    ],
  ],
  [
    "invalid_target",
    400,
    [
      [
        "RFC 8707 §2: a resource of somebody else's",
        async () => ({ form: { resource: "https://elsewhere.example/" } }),
      ],
      [
        "RFC 8707 §2: a resource that begins as ours does",
        async ({ resource }) => ({ form: { resource: `${resource}/more` } }),
      ],
      [
        "RFC 8707 §2: a resource with a fragment",
        async ({ resource }) => ({ form: { resource: `${resource}#all` } }),
      ],
      ["RFC 8707 §2: a resource that is no absolute address", async () => ({ form: { resource: "/mcp" } })],
      ["RFC 8707 §2: no resource at all", async () => ({ form: { resource: null } })],
    ],
  ],
  [
    "unsupported_grant_type",
    400,
    ["password", "implicit"].map(
      (grant): RefusedCase => [
        `RFC 6749 §5.2: the grant ${grant}`,
        async () => ({ form: { grant_type: grant } }),
      ],
    ),
  ],
  [
    "invalid_request",
    400,
    [
      [
        "RFC 7523 §2.2: an assertion of another type",
        async () => ({
          form: { client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:saml2-bearer" },
        }),
      ],
      ["RFC 7523 §2.2: an assertion of no type", async () => ({ form: { client_assertion_type: null } })],
      ["RFC 7523 §2.2: a type of assertion, and none", async () => ({ form: { client_assertion: null } })],
      [
        "RFC 7521 §4.2: a client_id that is another's than the assertion's",
        async () => ({ form: { client_id: newId("instance", systemClock) } }),
      ],
      [
        "RFC 6749 §5.2: a page of another site",
        async () => ({ headers: { origin: "https://evil.example" } }),
      ],
    ],
  ],
]

describeRefusals(REFUSALS)

function claims(
  make: (world: OAuthWorld & { clock: typeof systemClock }) => Record<string, unknown>,
): RefusedCase[1] {
  return async (world) => ({ claims: make({ ...world, clock: systemClock }) })
}

function details(value: unknown): () => Promise<RequestChanges> {
  return async () => ({ form: { authorization_details: JSON.stringify(value) } })
}

function changed(change: (world: OAuthWorld) => Promise<unknown>): RefusedCase[1] {
  return async (world) => {
    assert.ok(await change(world))
    return {}
  }
}

async function unsigned({ server, instance }: OAuthWorld): Promise<string> {
  const { id } = instance
  return new UnsecuredJWT({ jti: crypto.randomUUID() })
    .setIssuer(id)
    .setSubject(id)
    .setAudience(server.issuer)
    .setExpirationTime("1m")
    .encode()
}

async function withPublicKeyAsSecret({ server, instance }: OAuthWorld): Promise<string> {
  const { id, jwk } = instance
  return new SignJWT({ jti: crypto.randomUUID() })
    .setProtectedHeader({ alg: "HS256" })
    .setIssuer(id)
    .setSubject(id)
    .setAudience(server.issuer)
    .setExpirationTime("1m")
    .sign(new TextEncoder().encode(JSON.stringify(jwk).padEnd(32)))
}

async function taskOfAnother({ shelf, owner }: OAuthWorld): Promise<string> {
  const agent = agentOf(owner.id)
  const task = taskOf(agent)
  await shelf.transact(async (tx) => {
    await tx.agents.insert(agent)
    await tx.tasks.insert(task)
  })
  return task.id
}

async function endMandate({ shelf, owner, agent }: OAuthWorld): Promise<boolean> {
  const { mandate } = agentOf(owner.id, -1)
  return shelf.transact(async ({ agents }) => {
    await agents.move(agent.id, ["active"], "proposed")
    return (
      mandate !== null &&
      (await agents.assign(agent.id, owner.id, mandate)) &&
      agents.move(agent.id, ["proposed"], "active")
    )
  })
}
