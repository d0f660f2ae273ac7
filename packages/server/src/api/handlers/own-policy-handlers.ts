import type { OwnPolicyOperations, PolicyDocumentView, PolicyPlaceInput } from "@tabard/api"
import {
  compareTexts,
  coverageOf,
  MOST_VERSIONS,
  ownAddress,
  ownDocuments,
  type PolicySet,
  policyGaps,
  policyVersion,
  policyVersions,
  previewOwnPolicies,
  putOwnPolicies,
  tiersInForce,
} from "@tabard/control"
import { SHIPPED_TIERS } from "@tabard/core"
import type { Handlers } from "../handler.ts"
import { byId, pageOf } from "../pages.ts"
import { type ApiServices, recordContext } from "../services.ts"

const AGENTS = byId("policy-coverage", "agent")

/** The most agents whose coverage one page holds: each is read tool by tool. */
const MOST_COVERED = 100

/** By what an organisation rules its agents: its own documents, their versions, and what they come to. */
export function ownPolicyHandlers(services: ApiServices): Pick<Handlers, keyof OwnPolicyOperations> {
  return { ...readings(services), ...writings(services) }
}

type Writing = "previewOwnPolicies" | "putOwnPolicies"

function readings({
  shelf,
  organisation,
}: ApiServices): Pick<Handlers, Exclude<keyof OwnPolicyOperations, Writing>> {
  return {
    listTiers: () =>
      shelf.snapshot(async (tx) => ({
        tiers: [...(await tiersInForce(tx)).values()].map(({ name, words, reaches }) => ({
          name,
          words,
          reaches,
          ships: SHIPPED_TIERS.has(name),
        })),
      })),
    listOwnPolicies: ({ user }) =>
      shelf.snapshot(async (tx) => ({
        documents: (await ownDocuments(tx, user)).map(({ address, set }) => ({
          ...address,
          ...versionView(set),
        })),
      })),
    getPolicyGaps: () => shelf.snapshot((tx) => policyGaps(tx)),
    listPolicyCoverage: (_, { state, ...asked }) =>
      shelf.snapshot(async (tx) => {
        const limit = Math.min(asked.limit ?? MOST_COVERED, MOST_COVERED)
        const { items, next } = await pageOf(AGENTS, { ...asked, limit }, (from) =>
          tx.agents.list({ ...from, ...(state && { state }) }),
        )
        return { items: await coverageOf(tx, organisation.id, items), next }
      }),
    getOwnPolicies: ({ user }, { version, ...place }) =>
      shelf.snapshot(async (tx) => {
        if (version !== undefined)
          return documentView(place, await policyVersion(tx, user, { ...place, version }))
        const [latest] = await policyVersions(tx, user, place)
        return documentView(place, latest)
      }),
    listPolicyVersions: ({ user }, place) =>
      shelf.snapshot(async (tx) => ({
        versions: (await policyVersions(tx, user, place)).slice(0, MOST_VERSIONS).map(versionView),
      })),
    comparePolicies: ({ user }, { from, to, ...place }) =>
      shelf.snapshot(async (tx) => {
        const before = await policyVersion(tx, user, { ...place, version: from })
        const after = await policyVersion(tx, user, { ...place, version: to })
        return { lines: compareTexts(sourceOf(before), sourceOf(after)) }
      }),
  }
}

function writings(services: ApiServices): Pick<Handlers, Writing> {
  const { shelf } = services
  const deps = { ...recordContext(services), transact: shelf.transact, snapshot: shelf.snapshot }
  return {
    previewOwnPolicies: async ({ user }, { kind, subject, source }) => {
      const { since, ...preview } = await previewOwnPolicies(deps, user, {
        address: ownAddress(kind, subject),
        source,
      })
      return { ...preview, since: since.toISOString() }
    },
    putOwnPolicies: async ({ user }, { kind, subject, seen, source, restore }) => {
      const address = ownAddress(kind, subject)
      const text = source ?? (await earlier(services, user, { kind, subject, version: restore ?? 0 }))
      return documentView(
        { kind, subject },
        await putOwnPolicies(deps, user, { address, seen, source: text }),
      )
    },
  }
}

async function earlier(
  { shelf }: ApiServices,
  user: Parameters<typeof policyVersion>[1],
  place: PolicyPlaceInput & { readonly version: number },
): Promise<string> {
  return sourceOf(await shelf.snapshot((tx) => policyVersion(tx, user, place)))
}

function sourceOf({ source }: PolicySet): string {
  return source ?? ""
}

function versionView({ version, author, createdAt, policies }: PolicySet): {
  version: number
  author: string
  at: string
  policies: number
} {
  return { version, author, at: createdAt.toISOString(), policies: policies.length }
}

function documentView({ kind, subject }: PolicyPlaceInput, set: PolicySet | undefined): PolicyDocumentView {
  if (!set) return { kind, subject, version: 0, author: "", at: null, source: "", policies: [] }
  return { kind, subject, ...versionView(set), source: sourceOf(set), policies: [...set.policies] }
}
