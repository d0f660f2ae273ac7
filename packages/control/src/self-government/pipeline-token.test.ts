import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { type Agent, type Id, newId, type TrustFields, type TrustTerms, type User } from "@tabard/core"
import { type ApiTokenWish, makeApiToken } from "../api-tokens/make-api-token.ts"
import { makeTrustRule } from "../federation/make-trust-rule.ts"
import { type ControlWorld, mandateOf, openControlWorld } from "../testing/control-world.ts"
import type { Shelf } from "../transaction.ts"
import { declareReach } from "./declare-reach.ts"
import { governedShelf } from "./governed-shelf.ts"
import { commandLineOf, type Hand } from "./government-node.ts"

const REFUSED = { code: "self_government" } as const
const GITHUB = "github.com/acme/agents"
const GITLAB = "gitlab.com/acme/agents"
const APPLIES: ApiTokenWish = { purpose: "Pipeline", role: "security", scopes: ["manifests:apply"], days: 1 }

interface Scene {
  readonly world: ControlWorld
  readonly ann: User
  readonly clerk: Agent
  readonly other: Agent
  readonly token: Id<"apiToken">
}

/** Every way by which an agent could say what a pipeline applies, and the repository that it is by. */
const WAYS: readonly (readonly [
  way: string,
  repository: string,
  words: RegExp,
  lay: (scene: Scene) => Promise<unknown>,
])[] = [
  [
    "runs as a workflow of it at GitHub",
    GITHUB,
    /runs as a workflow of the repository github\.com\/acme\/agents/,
    ({ world, ann, clerk }) =>
      makeTrustRule(world, ann, {
        agent: clerk.id,
        name: "workflows",
        fields: { form: "github-actions", repository: "acme/agents" },
        terms: termsOf("https://token.actions.githubusercontent.com", "repository", "acme/agents"),
      }),
  ],
  [
    "runs as a job of it at GitLab",
    GITLAB,
    /runs as a workflow of the repository gitlab\.com\/acme\/agents/,
    ({ world, ann, clerk }) => {
      const subject = "project_path:acme/agents:ref_type:branch:ref:main"
      const fields: TrustFields = { form: "openid", issuer: "https://gitlab.com", subject }
      return makeTrustRule(world, ann, {
        agent: clerk.id,
        name: "jobs",
        fields,
        terms: { ...termsOf("https://gitlab.com", "sub", subject), form: "openid" },
      })
    },
  ],
  [
    "uses a server of the system that keeps it",
    GITHUB,
    /uses the server keeper, which may change the repository github\.com\/acme\/agents/,
    async ({ world, ann, clerk }) => {
      const server = newId("server", world.clock)
      await world.transact(async ({ servers, policies }) => {
        await servers.insert({
          id: server,
          name: "keeper",
          launch: { transport: "http", url: "https://api.githubcopilot.com/mcp/" },
          registeredBy: ann.id,
          registeredAt: world.clock.now(),
        })
        await policies.put({
          id: newId("policySet", world.clock),
          kind: "intent",
          subject: clerk.id,
          version: 1,
          author: ann.id,
          source: null,
          policies: [
            {
              id: `${clerk.id}/1`,
              text: `permit (principal, action == Tabard::Action::"${server}/edit", resource);`,
            },
          ],
          createdAt: world.clock.now(),
        })
      })
    },
  ],
  [
    "is declared to change it",
    GITHUB,
    /may change the repository github\.com\/acme\/agents/,
    ({ world, ann, clerk }) => declareReach(world, ann, { holder: clerk.id, to: `repository:${GITHUB}` }),
  ],
  [
    "is declared to change the pipeline",
    GITHUB,
    /may change the pipeline that applies manifests/,
    ({ world, ann, clerk }) => declareReach(world, ann, { holder: clerk.id, to: "pipeline" }),
  ],
  [
    "is declared to change where manifests are kept",
    GITHUB,
    /may change the place where manifests are kept/,
    ({ world, ann, clerk }) => declareReach(world, ann, { holder: clerk.id, to: "manifests" }),
  ],
]

describe("what a pipeline applies, of an agent that", () => {
  for (const [way, repository, words, lay] of WAYS) {
    it(`${way}, is refused, whether the repository is said or known, and not of another agent`, async () => {
      await using world = await openControlWorld()
      const scene = await furnish(world)
      const { clerk, other, token, ann } = scene
      assert.equal(await applies(scene, token, clerk, repository), "applied", "before it has any hand")
      await withoutReaches(scene)
      await lay(scene)
      await assert.rejects(applies(scene, token, clerk, `https://${repository}.git`), {
        ...REFUSED,
        message: words,
      })
      assert.equal(await applies(scene, token, other, undefined), "applied")
      await keptIn(scene, clerk, repository)
      await assert.rejects(applies(scene, token, clerk, undefined), { ...REFUSED, message: words })
      await assert.rejects(applies(scene, token, clerk, "example.test/else"), REFUSED)
      assert.equal(await applies(scene, commandLineOf(ann.id), clerk, repository), "applied")
    })
  }
})

describe("what a pipeline applies for everybody", () => {
  it("is refused while any agent could change where it is kept, and else in force", async () => {
    await using world = await openControlWorld()
    const { ann, clerk, token } = await furnish(world)
    const applying = (repository: string) =>
      governedShelf(world, world, {
        operation: "applyPolicies",
        actor: token,
        caller: ann.id,
        changes: "everybodys",
        kept: { repository },
      }).transact(async () => "applied")
    await declareReach(world, ann, { holder: clerk.id, to: `repository:${GITHUB}` })
    assert.equal(await applying(GITLAB), "applied")
    await assert.rejects(applying(GITHUB), REFUSED)
  })
})

describe("a pipeline's token", () => {
  it("is in the hands of whoever can change its repository, from when it is declared or first applies what is kept there", async () => {
    for (const learn of [
      ({ world, ann, token }: Scene) =>
        declareReach(world, ann, { holder: "repository:https://github.com/acme/agents.git", to: token }),
      (scene: Scene) => applies(scene, scene.token, scene.other, GITHUB),
    ]) {
      await using world = await openControlWorld()
      const scene = await furnish(world)
      const { ann, clerk, token } = scene
      await declareReach(world, ann, { holder: clerk.id, to: `repository:${GITHUB}` })
      const tries = () =>
        governedShelf(world, world, {
          operation: "retireAgent",
          actor: token,
          caller: ann.id,
          changes: [{ kind: "agent", id: clerk.id }],
        }).transact(async () => "done")
      assert.equal(await tries(), "done")
      await learn(scene)
      await assert.rejects(tries(), {
        ...REFUSED,
        message: /may change the repository github\.com\/acme\/agents, which holds the API token “Pipeline”/,
      })
    }
  })

  it("is the one thing that a repository is said to hold", async () => {
    await using world = await openControlWorld()
    const { ann } = await furnish(world)
    for (const to of ["organisation", "directory", "repository:github.com/acme/else"])
      await assert.rejects(declareReach(world, ann, { holder: `repository:${GITHUB}`, to }), {
        code: "server_not_found",
      })
  })
})

async function furnish(world: ControlWorld): Promise<Scene> {
  const ann = await world.person("administrator")
  const bob = await world.person("member")
  const { made } = await makeApiToken(world, ann, APPLIES)
  return { world, ann, clerk: await owned(world, ann), other: await owned(world, bob), token: made.id }
}

function owned(world: ControlWorld, owner: User): Promise<Agent> {
  return world.agent({ state: "active", owner: owner.id, mandate: mandateOf(owner, world.clock) })
}

/** As a plan is applied, by its shelf alone. */
function applies(
  { world, ann }: Scene,
  actor: Hand,
  agent: Agent,
  repository: string | undefined,
): Promise<string> {
  const shelf: Shelf = governedShelf(world, world, {
    operation: "applyManifests",
    actor,
    caller: ann.id,
    changes: [{ kind: "agent", id: agent.id }],
    kept: { repository },
  })
  return shelf.transact(async () => "applied")
}

/** Forgets what was learnt of the token, so that what is told is what the act itself says. */
async function withoutReaches({ world }: Scene): Promise<void> {
  await world.transact(async ({ reaches }) => {
    for (const { id } of await reaches.list({ limit: 100 })) await reaches.withdraw(id)
  })
}

async function keptIn({ world, ann }: Scene, { id: subject }: Agent, repository: string): Promise<void> {
  const said = {
    kind: "declared",
    source: ann.id,
    value: `repository:${repository}`,
    at: world.clock.now(),
  } as const
  await world.transact(({ facts }) => facts.put({ subject, name: "manifestRepository", ...said }))
}

function termsOf(issuer: string, claim: string, value: string): TrustTerms {
  return {
    form: "github-actions",
    issuer,
    audience: "https://tabard.example",
    keys: { kind: "discovery" },
    conditions: [{ claim: [claim], test: "is", values: [value] }],
    oneTime: false,
    maxLifeSeconds: 3600,
    counts: { networks: [], hours: [] },
  }
}
