import { type OAuthWorld, openOAuthWorld } from "../../packages/server/src/oauth/testing/oauth-world.ts"
import {
  hashOf,
  requestToken,
  signedProof,
  verifySignature,
} from "../../packages/server/src/oauth/testing/token-request.ts"
import { VerifiedTokens } from "../../packages/server/src/oauth/verified-tokens.ts"
import { verifyBoundToken } from "../../packages/server/src/oauth/verify-bound-token.ts"
import type { Contestant } from "../contest.ts"
import { hold } from "../contest.ts"
import type { Figure } from "../figure.ts"

/** A token that an enforcement point has seen before, against verifying one signature and nothing else. */
export const verification: Figure = {
  name: "verification",
  async measure(measuring) {
    await using world = await openOAuthWorld()
    const token = String((await requestToken(world)).body["access_token"])
    measuring.say("verification: a known token, without and with its proof")
    const contestants = [bareSignature(world, token), known(world, token), proven(world, token)]
    const standings = await hold(
      contestants.map((each) => ({ ...each, pid: process.pid })),
      measuring,
    )
    const notes = [
      "standing is read from the store each half second for each token, and from memory in between",
      "the id of the proof is kept in memory here; the gateway takes it in the store, which is one commit",
    ]
    return [{ title: "a token that was seen before, in process", standings, notes }]
  },
}

function bareSignature(world: OAuthWorld, token: string): Contestant {
  let proof = ""
  return {
    name: "bare: one ES256 signature (jose, key imported)",
    prepare: async () => {
      proof = await proofOf(world, token)
    },
    run: each(() => verifySignature(proof, world.key)),
  }
}

function known(world: OAuthWorld, token: string): Contestant {
  const verified = new VerifiedTokens()
  const { server, resource, standing } = world
  return {
    name: "Tabard, without its proof",
    run: each(async () => {
      const checks = { jwks: server.jwks(), issuer: server.issuer, audiences: [resource], now: new Date() }
      await standing.check(await verified.verify(token, checks))
    }),
  }
}

function proven(world: OAuthWorld, token: string): Contestant {
  const verified = new VerifiedTokens()
  const { server, resource, standing } = world
  const proofs: string[] = []
  const taken = new Set<string>()
  const replay = {
    take: async (_: string, key: string) => !taken.has(key) && taken.add(key).has(key),
  }
  return {
    name: "Tabard, with its proof",
    prepare: async (count) => {
      proofs.length = 0
      for (let made = 0; made < count; made++) proofs.push(await proofOf(world, token))
    },
    run: each(async () => {
      const claims = await verifyBoundToken({
        authorization: `DPoP ${token}`,
        dpop: proofs.pop(),
        method: "POST",
        url: resource,
        resourceMetadata: resource,
        jwks: server.jwks(),
        issuer: server.issuer,
        audiences: [resource],
        now: new Date(),
        replay,
        verified,
      })
      await standing.check(claims)
    }),
  }
}

function proofOf({ key, resource }: OAuthWorld, token: string): Promise<string> {
  return signedProof(key, { htm: "POST", htu: resource, ath: hashOf(token) })
}

function each(operation: () => Promise<unknown>): Contestant["run"] {
  return async (count) => {
    for (let done = 0; done < count; done++) await operation()
  }
}
