import assert from "node:assert/strict"
import { describe, it } from "node:test"
import type { Credentials } from "./credentials.ts"
import { exchange } from "./exchange.ts"
import { createKey } from "./key.ts"
import { TokenSource } from "./token-source.ts"

const TYPE = "urn:ietf:params:oauth:token-type:access_token"

describe("exchanging a token", () => {
  it("hands in the other's token, proves its own key, and asks for no more than it is told to", async () => {
    const issuer = fakeIssuer()
    const token = await exchange(await credentials(), {
      subject: "the other's",
      scope: "read",
      calls: 3,
      fetch: issuer.fetch,
    })
    assert.equal(token.accessToken, "token 1")
    const [form] = issuer.asked
    assert.equal(form?.["grant_type"], "urn:ietf:params:oauth:grant-type:token-exchange")
    assert.equal(form["subject_token"], "the other's")
    assert.equal(form["subject_token_type"], TYPE)
    assert.equal(form["client_id"], "ins_1")
    assert.equal(form["scope"], "read")
    assert.equal(form["authorization_details"], `[{"type":"tabard_bounds","calls":3}]`)
    // Where nobody says, what was exchanged is for the same resource.
    assert.equal("resource" in form, false)
  })

  it("has a workload prove itself by a token of its own", async () => {
    const issuer = fakeIssuer()
    const form = {
      grant_type: "urn:ietf:params:oauth:grant-type:jwt-bearer",
      assertion: "what the platform says",
    }
    const grant = { ask: async () => form }
    await exchange({ ...(await credentials()), grant }, { subject: "the other's", fetch: issuer.fetch })
    assert.deepEqual(
      issuer.asked.map((form) => [form["grant_type"]?.split(":").at(-1), form["actor_token"]]),
      [
        ["jwt-bearer", undefined],
        ["token-exchange", "token 1"],
      ],
    )
    assert.equal(issuer.asked[1]?.["client_assertion"], undefined)
  })

  it("asks for a token that one agent alone may exchange", async () => {
    const issuer = fakeIssuer()
    const source = new TokenSource(await credentials(), {
      task: "tsk_1",
      mayAct: "agt_2",
      fetch: issuer.fetch,
    })
    await source.token()
    assert.equal(
      issuer.asked[0]?.["authorization_details"],
      `[{"type":"tabard_task","task":"tsk_1"},{"type":"tabard_bounds","may_act":"agt_2"}]`,
    )
  })
})

/** An issuer that says yes to everything, and keeps what it was asked. */
function fakeIssuer(): { asked: Record<string, string>[]; fetch: typeof fetch } {
  const asked: Record<string, string>[] = []
  return {
    asked,
    fetch: async (_, init) => {
      const form = init?.body instanceof URLSearchParams ? [...init.body] : []
      asked.push(Object.fromEntries(form))
      return Response.json({ access_token: `token ${asked.length}`, token_type: "DPoP", expires_in: 300 })
    },
  }
}

async function credentials(): Promise<Credentials> {
  return {
    instance: "ins_1",
    agent: "agt_1",
    issuer: "https://tabard.example/oauth",
    tokenEndpoint: "https://tabard.example/oauth/token",
    resource: "https://tabard.example/mcp",
    key: await createKey(),
  }
}
