import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { newId, systemClock, type User } from "@tabard/core"
import { modelAdapter } from "../model-adapter.ts"
import { type OAuthWorld, openOAuthWorld } from "../testing/oauth-world.ts"
import { answerClientRequest } from "./answer-client-request.ts"
import { type ClientRequest, findClientRequest, keepClientRequest } from "./client-request.ts"

describe("a client's request that two people have in front of them", () => {
  it("is answered by one of them: nobody puts their name over what another said", async () => {
    await using world = await openOAuthWorld()
    const { shelf, owner, server, organisation } = world
    const request = await asked(world)
    const other: User = { ...owner, id: newId("user", systemClock) }
    const deps = { organisation, clock: systemClock, door: "api", shelf, issuer: server.issuer } as const
    const answer = (user: User) =>
      answerClientRequest({ ...deps, transact: shelf.transact }, user, { request, agree: false })

    const all = await Promise.allSettled([owner, other, owner, other].map(answer))

    const told = all.filter(({ status }) => status === "fulfilled")
    assert.equal(told.length, 1)
    for (const one of all)
      if (one.status === "rejected") assert.equal(one.reason.code, "client_request_not_found")
    const kept = await findClientRequest(shelf, request.id, systemClock.now())
    const first = all.findIndex(({ status }) => status === "fulfilled") % 2 === 0 ? owner : other
    assert.equal(kept?.answeredBy, first.id)
    await assert.rejects(answer(other), { code: "client_request_not_found" }, "also later")
  })
})

async function asked({ shelf, resource }: OAuthWorld): Promise<ClientRequest> {
  const expiresAt = new Date(systemClock.now().getTime() + 60_000)
  const request: ClientRequest = {
    id: "a-request-of-a-client",
    way: "browser",
    client: { id: "https://client.example/client.json", name: "Client", host: "client.example" },
    redirectUri: "https://client.example/callback",
    resource,
    scope: ["read"],
    message: null,
    asked: null,
    answeredBy: null,
    expiresAt,
  }
  await keepClientRequest(shelf, request)
  await modelAdapter({ shelf, clock: systemClock }, "Interaction").upsert(request.id, { exp: 0 }, 60)
  return request
}
