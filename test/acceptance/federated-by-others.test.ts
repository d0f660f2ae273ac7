import assert from "node:assert/strict"
import { after, before, describe, it } from "node:test"
import { federatedCredentials, TokenSource } from "@tabard/client"
import { decodeJwt, decodeProtectedHeader } from "jose"
import { type GovernedAgent, governAgent } from "../world/governed-agent.ts"
import { type Keycloak, startKeycloak } from "../world/keycloak.ts"
import { lacksTools } from "../world/outside-tool.ts"
import { type RunningTabard, runTabard, type SignedInPerson, signInFirst } from "../world/running-tabard.ts"
import { makeShiftingServer } from "../world/shifting-server.ts"

describe("a workload that Keycloak vouches for", { skip: lacksTools("keycloak") }, () => {
  const stack = new AsyncDisposableStack()
  let tabard: RunningTabard
  let ada: SignedInPerson
  let agent: GovernedAgent
  let keycloak: Keycloak
  /** How far Tabard's clock is ahead of everybody else's. */
  let ahead = 0

  before(async () => {
    const clock = { now: () => new Date(Date.now() + ahead) }
    tabard = stack.use(await runTabard({ clock }))
    ada = await signInFirst(tabard.server, "Ada")
    const { launch } = stack.use(await makeShiftingServer())
    await ada.api.registerServer({ name: "notes", launch })
    agent = await governAgent(tabard.server, ada.api)
    keycloak = stack.use(await startKeycloak(`${tabard.server.publicUrl}/oauth`))
    const { sub: subject = "" } = decodeJwt(await keycloak.token())
    const fields = { form: "openid", issuer: keycloak.issuer, subject } as const
    const wish = { agent: agent.id, fields, oneTime: true }
    const { tried } = await ada.api.previewTrustRule({ ...wish, tokens: [await keycloak.token()] })
    assert.deepEqual(tried[0]?.faults, [])
    await ada.api.makeTrustRule({ ...wish, name: "keycloak" })
  })
  after(() => stack.disposeAsync())

  it("gets tokens of the agent, once by each of Keycloak's", async () => {
    const token = await keycloak.token()
    const answers = [await ask(token), await ask(token)]
    assert.match(answers[0] ?? "", new RegExp(agent.id))
    assert.match(answers[1] ?? "", /its trust rule takes each once/)
  })

  it("is refused with a token of another realm, and with one that was changed", async () => {
    const [header, claims, signature] = (await keycloak.token()).split(".")
    const said = JSON.parse(Buffer.from(claims ?? "", "base64url").toString())
    const changed = Buffer.from(JSON.stringify({ ...said, exp: said.exp + 60 })).toString("base64url")
    assert.match(await ask(`${header}.${changed}.${signature}`), /signature/)
    const elsewhere = Buffer.from(JSON.stringify({ ...said, iss: `${keycloak.issuer}/` })).toString(
      "base64url",
    )
    assert.match(await ask(`${header}.${elsewhere}.${signature}`), /no trust rule takes this token/)
  })

  it("goes on when Keycloak signs by another key, which is asked for once it is named", async () => {
    const before = decodeProtectedHeader(await keycloak.token()).kid
    await keycloak.rotateKeys()
    assert.notEqual(decodeProtectedHeader(await keycloak.token()).kid, before)
    // It is asked for its keys at most every thirty seconds.
    ahead = 31_000
    const said = await ask(await keycloak.token())
    assert.match(said, new RegExp(agent.id))
  })

  async function ask(token: string): Promise<string> {
    const { publicUrl } = tabard.server
    const source = { kind: "env", name: "TOKEN" } as const
    const addresses = { issuer: `${publicUrl}/oauth`, resource: `${publicUrl}/mcp` }
    const tokens = new TokenSource(
      await federatedCredentials({ ...addresses, source, env: { TOKEN: token } }),
    )
    return tokens.token().then(
      ({ accessToken }) => String(decodeJwt(accessToken).sub),
      (error: unknown) => (error instanceof Error ? error.message : ""),
    )
  }
})
