import type { AgentSummary } from "@tabard/api"
import type { TierName } from "@tabard/core"
import { makeReporter, reportOf, sawAgent } from "./reporter.ts"
import { type RunningTabard, type SignedInPerson, signInFirst } from "./running-tabard.ts"

type Adopted = readonly [place: string, name: string, tier: TierName, purpose: string]

const ADOPTED: readonly Adopted[] = [
  [
    "finance/invoices",
    "Invoice bot",
    "transactional",
    "Matches supplier invoices with orders and prepares payments",
  ],
  [
    "platform/runbooks",
    "On-call helper",
    "operator",
    "Reads dashboards and runs the runbooks during an incident",
  ],
  ["support/macros", "Macro writer", "read-only", "Drafts answers to frequent questions"],
  ["data/quality", "Data checker", "read-only", "Looks for gaps in the nightly tables"],
  ["marketing/campaigns", "Campaign planner", "transactional", "Prepares campaigns and the lists they go to"],
  ["mobile/ios", "Crash reader", "read-only", "Groups crashes and finds the change that caused them"],
]

/** Lets one person adopt some of a busy machine's agents, stop one of them and dismiss what is none. */
export async function seedBusy(tabard: RunningTabard): Promise<SignedInPerson> {
  await tabard.server.scans.settled()
  const ann = await signInFirst(tabard.server, "Ann")
  const { items } = await ann.api.listAgents({ limit: 1000 })
  const idAt = (place: string): string => items.find(isIn(place))?.id ?? place
  for (const [place, name, tier, purpose] of ADOPTED) {
    const expiresAt = new Date(Date.now() + 90 * 86_400_000).toISOString()
    await ann.api.adoptAgent({ id: idAt(place), name, tier, purpose, expiresAt, acceptOwnership: true })
  }
  await ann.api.suspendAgent({
    id: idAt("marketing/campaigns"),
    reason: "it wrote to a list that had opted out",
  })
  await ann.api.dismissAgent({
    id: idAt("sandbox/first-try"),
    reason: "a folder from a course, nothing runs here",
  })
  await pushFromElsewhere(tabard, ann)
  return ann
}

/** One machine that reports well, and one that was enrolled and says nothing. */
async function pushFromElsewhere({ server }: RunningTabard, ann: SignedInPerson): Promise<void> {
  const builder = await makeReporter(server, ann, "build-7")
  await makeReporter(server, ann, "design-imac")
  const { status } = await builder.push(
    reportOf(
      [
        sawAgent("agent:nightly", "Nightly reviewer", {
          category: "production",
          client: null,
          autonomy: { level: "unrestricted", effective: [] },
          locations: [{ path: "/srv/ci/nightly-review.yml", line: 12 }],
        }),
        sawAgent("agent:docs-chat", "Docs chatbot", {
          category: "chatbot",
          client: null,
          autonomy: { level: "none", effective: [] },
          locations: [{ path: "/srv/docs/bot.yaml", line: 1 }],
        }),
      ],
      { roots: ["/srv"], unreadable: [{ path: "/srv/secrets", reason: "permission denied" }] },
    ),
  )
  if (status >= 300) throw new Error(`the report was answered with ${status}`)
}

function isIn(place: string): (agent: AgentSummary) => boolean {
  return (agent) => agent.place?.endsWith(`/${place}`) === true
}
