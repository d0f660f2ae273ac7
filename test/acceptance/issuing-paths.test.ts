import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { CLIENT_ENDPOINTS } from "../../packages/server/src/oauth/endpoints/client-endpoint.ts"
import { GRANTS } from "../../packages/server/src/oauth/grants/grants.ts"
import { holdPaths } from "../world/issuing/hold-paths.ts"
import type { IssuingPath } from "../world/issuing/issuing-path.ts"
import { AGENT_PATHS } from "../world/issuing/paths-of-agents.ts"
import { PEOPLE_PATHS } from "../world/issuing/paths-of-people.ts"
import { USE_PATHS } from "../world/issuing/paths-of-use.ts"
import { runTabard } from "../world/running-tabard.ts"

/**
 * Every way by which an agent gets, or uses, what lets it act. A new grant is a line here: what it got before a cause must
 * be refused after it, and so must what it asks for then.
 */
const PATHS: Readonly<Record<string, IssuingPath>> = { ...AGENT_PATHS, ...PEOPLE_PATHS, ...USE_PATHS }

/** What the issuer answers by which no agent gets or uses anything, each with the reason. */
const NO_PATH: Readonly<Record<string, string>> = {
  "urn:ietf:params:oauth:grant-type:device_code": "it gives a person a session, and no agent anything",
  "/device_authorization": "it leads to the session of a person",
  "/token": "each of its grants is a line",
  "/authorize": "what comes of it is redeemed as an authorization code",
  "/request": "what is pushed is gone on with at /authorize",
  "/revocation": "it takes, and gives nothing",
}

describe("the table of what is issued", () => {
  it("has a line for every grant, and for every endpoint that the metadata names", async () => {
    await using tabard = await runTabard()
    const { publicUrl } = tabard.server
    const found = await fetch(`${publicUrl}/.well-known/oauth-authorization-server/oauth`)
    const metadata: Readonly<Record<string, unknown>> = Object(await found.json())
    const named = Object.entries(metadata)
      .filter(([name]) => name.endsWith("_endpoint"))
      .map(([, url]) => String(url).slice(`${publicUrl}/oauth`.length))
    const grants = GRANTS.map(({ type }) => type)
    assert.deepEqual(metadata["grant_types_supported"], grants)
    const all = new Set([...grants, ...named, ...CLIENT_ENDPOINTS.map(({ path }) => path)])
    const lines = new Set([...Object.values(PATHS).map(({ by }) => by), ...Object.keys(NO_PATH)])
    lines.delete(null)
    assert.deepEqual([...lines].toSorted(), [...all].toSorted())
  })
})

holdPaths(AGENT_PATHS)
